<#
Tries inzage.exe on a real computer with Windows 10 or 11, as an ordinary user, and writes what came out to one file beside this script.
It changes nothing, sends nothing and uses no network. Put it in a folder with inzage.exe, open a console there, and say

    powershell -NoProfile -ExecutionPolicy Bypass -File .\try-on-windows.ps1

The file, inzage-windows-try.txt, has counts, times and the ids of what was recognised; of drivers that filter, of ways to log in and of
management servers also the names, where they are not those of Windows itself. It has no name of a person, computer or domain, and no list of
programs, services or files. Read it before you send it.

With -Source DIR it first builds the program from its source there with cargo, which then downloads what is missing; without inzage.exe
beside the script, or another one named with -Program, what was built is tried.

For Windows PowerShell 5.1, which every Windows has; newer ones work too. Only ASCII, because 5.1 reads a script in the system's own code page.
#>
param([string]$Program, [string]$Output, [string]$Source)

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Write-Host 'This computer lets scripts do too little for this trial. / Deze computer staat scripts te weinig toe voor deze proef.'
    exit 1
}
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
# The system's own functions know nothing of the folder that this console is in.
function Get-WholePath([string]$Path) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path) }
if (-not $Output) { $Output = Join-Path $here 'inzage-windows-try.txt' }
$Output = Get-WholePath $Output
$utf8 = New-Object Text.UTF8Encoding($false)
try { [IO.File]::WriteAllText($Output, "This trial has not ended.`r`n", $utf8) } catch {
    Write-Host "$Output cannot be written / $Output kan niet worden geschreven"
    exit 1
}

$lines = New-Object 'System.Collections.Generic.List[string]'
function Write-Line([string]$Text) { $lines.Add($Text) }
function Write-Part([string]$Title) { $lines.Add(''); $lines.Add("== $Title") }
function Get-YesNo($Value) { if ($Value) { 'yes' } else { 'no' } }

# What is asked may be refused or missing on this computer; that is a result too.
function Get-Answer([scriptblock]$Question) {
    try { & $Question } catch { "not to be had ($($_.Exception.GetType().Name))" }
}

function Get-Value([string]$Key, [string]$Name) {
    $item = Get-Item -LiteralPath $Key -ErrorAction SilentlyContinue
    if ($item) { $item.GetValue($Name) }
}

# Whatever names a person, a computer or a domain. Nothing here asks another computer.
function Get-PersonalNames {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $system = Get-CimInstance -ClassName Win32_ComputerSystem -ErrorAction SilentlyContinue
    $names = @($env:USERNAME, $env:COMPUTERNAME, $env:USERDOMAIN, $env:USERDNSDOMAIN, [Environment]::MachineName, $identity.User.Value)
    $names += "$($identity.Name)\$env:LOGONSERVER".Split('\')
    if ($env:USERPROFILE) { $names += Split-Path -Leaf $env:USERPROFILE }
    if ($system) { $names += @($system.Name, $system.Domain, $system.PrimaryOwnerName) }
    try { $names += (Get-LocalUser -SID $identity.User).FullName } catch { }
    foreach ($name in 'LastLoggedOnDisplayName', 'LastLoggedOnUser', 'LastLoggedOnSAMUser') {
        $names += "$(Get-Value 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\LogonUI' $name)".Split('\')
    }
    # A word that stands everywhere names nobody.
    $common = @('user', 'owner', 'workgroup', 'azuread', 'microsoftaccount', 'windows user')
    $names = @($names | Where-Object { $_ } | ForEach-Object { $_.Trim() } | Where-Object { $_.Length -gt 2 -and $common -notcontains $_ })
    # The longest first, so that no half of a name stays.
    $names | Sort-Object -Unique | Sort-Object -Property Length -Descending
}
# A name inside a longer word is another word.
function Get-Pattern([string]$Name) { '(?i)(?<![A-Za-z0-9])' + [regex]::Escape($Name) + '(?![A-Za-z0-9])' }

function ConvertFrom-Report([string]$Text) {
    if ($PSVersionTable.PSVersion.Major -ge 6) { return ConvertFrom-Json -InputObject $Text -AsHashtable -Depth 100 }
    # The command of 5.1 refuses more than two million letters.
    Add-Type -AssemblyName System.Web.Extensions
    $reader = New-Object System.Web.Script.Serialization.JavaScriptSerializer
    $reader.MaxJsonLength = [int]::MaxValue
    $reader.RecursionLimit = 100
    return $reader.DeserializeObject($Text)
}
function Get-Part($Of, [string]$Name) {
    if ($null -ne $Of -and $Of.ContainsKey($Name)) { $Of[$Name] }
}

# Every path and every value that is told; the other words of a report are its own.
function Get-Told($Of, [string]$Name) {
    if ($Of -is [string]) {
        if ($Of.Contains('\') -or @('value', 'where', 'place', 'user', 'address', 'subject') -contains $Name) { $Of }
    } elseif ($Of -is [Collections.IDictionary]) {
        foreach ($key in $Of.Keys) { Get-Told $Of[$key] $key }
    } elseif ($Of -is [Collections.IEnumerable]) {
        foreach ($one in $Of) { Get-Told $one $Name }
    }
}

# Runs a program with what it prints caught.
function Invoke-Program([string]$File, [string]$Arguments, [string]$Folder, [int]$Limit) {
    $start = New-Object System.Diagnostics.ProcessStartInfo -Property @{ FileName = $File; Arguments = $Arguments; WorkingDirectory = $Folder
        UseShellExecute = $false; RedirectStandardOutput = $true; RedirectStandardError = $true
        StandardOutputEncoding = [Text.Encoding]::UTF8; StandardErrorEncoding = [Text.Encoding]::UTF8 }
    try {
        # Error 740 is Windows' word for "needs elevation".
        $process = [Diagnostics.Process]::Start($start)
    } catch {
        $inner = $_.Exception.GetBaseException()
        $number = if ($inner -is [ComponentModel.Win32Exception]) { $inner.NativeErrorCode }
        return @{ Code = $null; Out = ''; Err = "not started: $($inner.GetType().Name) $number" }
    }
    $out = $process.StandardOutput.ReadToEndAsync()
    $err = $process.StandardError.ReadToEndAsync()
    if ($process.WaitForExit($Limit * 1000)) { return @{ Code = $process.ExitCode; Out = $out.Result; Err = $err.Result } }
    $process.Kill()
    return @{ Code = $null; Out = ''; Err = "ended by this script after $Limit s" }
}
function Invoke-Inzage([string]$Arguments) { Invoke-Program $Program $Arguments $here 180 }

# What came up since: a console, a question for administrator rights, a crash.
function Get-Telling([int[]]$Before) {
    $names = 'conhost', 'OpenConsole', 'WindowsTerminal', 'consent', 'WerFault'
    Get-Process -Name $names -ErrorAction SilentlyContinue | Where-Object { $Before -notcontains $_.Id }
}

# Starts a scan as something without a console does: Windows' own service for management starts it, and hands it no output either.
function Watch-WithoutConsole {
    $before = @(Get-Telling @() | ForEach-Object { $_.Id })
    $made = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = "`"$Program`" scan --json" }
    if ($made.ReturnValue -ne 0) { return "not started, error $($made.ReturnValue)" }
    try { $process = [Diagnostics.Process]::GetProcessById([int]$made.ProcessId) } catch { return 'ended before it could be watched' }
    $null = $process.Handle
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $seen = @{}
    $window = $false
    while ($clock.ElapsedMilliseconds -lt 15000 -and -not $process.WaitForExit(30)) {
        $process.Refresh()
        try { if ($process.MainWindowHandle -ne [IntPtr]::Zero) { $window = $true } } catch { }
        foreach ($one in @(Get-Telling $before)) {
            if (-not $seen.ContainsKey($one.Id)) { $seen[$one.Id] = @{ Name = $one.ProcessName; From = $clock.ElapsedMilliseconds; To = 0 } }
            $seen[$one.Id].To = $clock.ElapsedMilliseconds
        }
    }
    $after = $clock.ElapsedMilliseconds
    $ended = $process.HasExited
    # Through its own handle: nothing else can be meant.
    if (-not $ended) { $process.Kill() }
    $told = @("it ended by itself: $(Get-YesNo $ended), after {0:f0} ms" -f $after; "it had a window: $(Get-YesNo $window)")
    $told += @($seen.Values | ForEach-Object { "$($_.Name) was there from {0:f0} to {1:f0} ms" -f $_.From, $_.To })
    if ($seen.Count -eq 0) { $told += 'no console, question for rights or crash came' }
    return $told
}

function Get-Facts([string]$Kind, [string]$Mechanism, [string]$Place) {
    $facts | Where-Object { (Get-Part $_ 'kind') -eq $Kind -and (-not $Mechanism -or (Get-Part $_ 'mechanism') -eq $Mechanism) -and
        (-not $Place -or "$(Get-Part $_ 'place')".ToLowerInvariant().Contains($Place)) }
}
function Get-Count([string]$Kind, [string]$Mechanism, [string]$Place) { @(Get-Facts $Kind $Mechanism $Place).Count }
function Get-KeyThere([string[]]$Keys) { $Keys | Where-Object { Test-Path -LiteralPath $_ } | ForEach-Object { Get-Item -LiteralPath $_ } }

function Write-Build {
    Write-Part 'building'
    Write-Host 'Building / Bouwen ...'
    $built = Invoke-Program 'cargo.exe' 'build --release --target x86_64-pc-windows-msvc' $Source 3600
    Write-Line "built: $(Get-YesNo ($built.Code -eq 0)), exit $($built.Code)"
    foreach ($line in @($built.Err -split "`r?`n" -match '^(error|warning|not started|ended)' | Select-Object -First 10)) { Write-Line "  $line" }
    $exe = Join-Path $Source 'target\x86_64-pc-windows-msvc\release\inzage.exe'
    if ($built.Code -eq 0 -and (Test-Path -LiteralPath $exe)) { $exe }
}

function Write-Computer {
    Write-Part 'computer'
    foreach ($name in 'EditionID', 'DisplayVersion', 'CurrentBuildNumber', 'UBR', 'InstallationType') {
        Write-Line "$name`: $(Get-Value 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion' $name)"
    }
    $principal = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
    Write-Line "processor: $env:PROCESSOR_ARCHITECTURE, $([Environment]::ProcessorCount) threads"
    Write-Line "language: $([Globalization.CultureInfo]::InstalledUICulture.Name), formats $([Globalization.CultureInfo]::CurrentCulture.Name)"
    Write-Line "PowerShell: $($PSVersionTable.PSVersion), host $($Host.Name)"
    Write-Line "this script is elevated: $(Get-YesNo $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator))"
    Write-Line "in a domain: $(Get-Answer { Get-YesNo (Get-CimInstance -ClassName Win32_ComputerSystem).PartOfDomain })"
    $join = 'HKLM:\SYSTEM\CurrentControlSet\Control\CloudDomainJoin\JoinInfo'
    Write-Line "joined to Entra: $(@(Get-KeyThere $join | Get-ChildItem -ErrorAction SilentlyContinue).Count) keys"
    foreach ($key in @(Get-KeyThere 'HKLM:\SOFTWARE\Microsoft\Enrollments' | Get-ChildItem -ErrorAction SilentlyContinue)) {
        if (-not $key.PSChildName.StartsWith('{') -and $key.PSChildName -notmatch '^[0-9A-Fa-f]{8}-') { continue }
        $has = @('UPN', 'DiscoveryServiceFullURL' | ForEach-Object { "$_ $(Get-YesNo $key.GetValue($_))" }) -join ', '
        Write-Line "enrolment: provider '$($key.GetValue('ProviderID'))', state $($key.GetValue('EnrollmentState')), $has"
    }
}

function Write-Report($Report) {
    Write-Part 'report'
    $computer = Get-Part $Report 'host'
    Write-Line "system: $(Get-Part $computer 'os'), $(Get-Part $computer 'os_version'); elevated: $(Get-Part $computer 'elevated')"
    foreach ($source in @(Get-Part $Report 'coverage')) {
        $why = "$(Get-Part (Get-Part $source 'reason') 'code')"
        Write-Line "source $(Get-Part $source 'source'): $(Get-Part $source 'status'), $(Get-Part $source 'checked') looked at $why"
    }
    foreach ($finding in @(Get-Part $Report 'findings')) {
        $evidence = @(Get-Part $finding 'evidence' | ForEach-Object { "$(Get-Part $_ 'kind')/$(Get-Part $_ 'proves')" } | Sort-Object -Unique)
        Write-Line "finding $(Get-Part $finding 'product'): $(Get-Part $finding 'confidence'), $(Get-Part $finding 'state'), by $($evidence -join ' ')"
    }
    foreach ($seen in @(Get-Part $Report 'observations')) {
        Write-Line "observation $(Get-Part $seen 'id'): $(Get-Part $seen 'level'), ordinary $(Get-Part $seen 'ordinary')"
    }
}

function Write-Comparisons {
    Write-Part 'facts, by kind'
    $kinds = { "$(Get-Part $_ 'kind') $(Get-Part $_ 'mechanism')$(Get-Part $_ 'browser')".Trim() }
    foreach ($group in @($facts | Group-Object -Property $kinds | Sort-Object -Property Name)) { Write-Line "$($group.Name): $($group.Count)" }

    Write-Part 'what PowerShell counts, and what the inventory has'
    $keys = 'HKLM:\SOFTWARE\Microsoft', 'HKLM:\SOFTWARE\WOW6432Node\Microsoft', 'HKCU:\SOFTWARE\Microsoft' | ForEach-Object { "$_\Windows\CurrentVersion" }
    $types = @(Get-ChildItem -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services' -ErrorAction SilentlyContinue |
        ForEach-Object { $_.GetValue('Type') } | Where-Object { $_ -is [int] })
    $noPath = @(Get-Facts 'process' | Where-Object { -not (Get-Part $_ 'exe') }).Count
    # What is counted, how PowerShell counts it, and the count of the inventory.
    $comparisons = @(
        @('processes', { @(Get-Process).Count }, (Get-Count 'process')),
        @('processes without a path', { @(Get-Process | Where-Object { try { -not $_.Path } catch { $true } }).Count }, $noPath),
        @('services (Get-Service)', { @(Get-Service -ErrorAction SilentlyContinue).Count }, (Get-Count 'autostart' 'service')),
        @('services (registry, type 16 and more)', { @($types | Where-Object { $_ -ge 16 }).Count }, (Get-Count 'autostart' 'service')),
        @('drivers (registry, type below 16)', { @($types | Where-Object { $_ -lt 16 }).Count }, (Get-Count 'autostart' 'driver')),
        @('scheduled tasks', { @(Get-ScheduledTask).Count }, (Get-Count 'autostart' 'scheduled_task')),
        @('uninstall keys', { @(Get-KeyThere ($keys -replace '$', '\Uninstall') | Get-ChildItem).Count }, (Get-Count 'installed_program')),
        @('values in Run keys', { (Get-KeyThere ($keys -replace '$', '\Run') | Measure-Object -Property ValueCount -Sum).Sum },
            (Get-Count 'autostart' 'run' '\currentversion\run: ')),
        @('Store packages', { @(Get-AppxPackage).Count }, (Get-Count 'package')),
        @('roots of the machine', { @(Get-ChildItem -LiteralPath 'Cert:\LocalMachine\Root').Count }, (Get-Count 'certificate')),
        @('roots of user and machine', { @(Get-ChildItem -LiteralPath 'Cert:\CurrentUser\Root').Count }, (Get-Count 'certificate'))
    )
    foreach ($comparison in $comparisons) { Write-Line "$($comparison[0]): PowerShell $(Get-Answer $comparison[1]), inventory $($comparison[2])" }
    $profiles = 'Google\Chrome', 'Microsoft\Edge', 'BraveSoftware\Brave-Browser', 'Vivaldi', '..\Roaming\Mozilla\Firefox'
    Write-Line "browsers with a profile: $(@($profiles | Where-Object { Test-Path -LiteralPath (Join-Path $env:LOCALAPPDATA $_) }) -join ' ')"

    Write-Part 'parts that the inventory tells as not those of Windows'
    foreach ($fact in @(Get-Facts 'filter_driver' | Where-Object { -not (Get-Part $_ 'of_system') })) {
        Write-Line "filter of $(Get-Part $fact 'over'): $(Get-Part $fact 'service')"
    }
    foreach ($fact in @(Get-Facts 'auth_module' | Where-Object { (Get-Part $_ 'system') -eq 'credential_provider' })) {
        Write-Line "credential provider: $("$(Get-Part $fact 'place')".Split('\')[-1])"
    }
}

function Write-Trial {
    Write-Part 'program'
    Write-Line "SHA-256: $((Get-FileHash -Algorithm SHA256 -LiteralPath $Program).Hash), size $((Get-Item -LiteralPath $Program).Length)"
    $told = Invoke-Inzage '--version'
    Write-Line "version: exit $($told.Code), $($told.Out.Trim())"
    $scanned = Invoke-Inzage 'scan --json'
    Write-Line "scan: exit $($scanned.Code); errors: $($scanned.Err.Trim())"
    Write-Part 'one scan, watched, started without a console (conhost, OpenConsole: one came; consent: a question for rights; WerFault: a crash)'
    foreach ($line in @(Get-Answer { Watch-WithoutConsole })) { Write-Line $line }
    Write-Part 'time'
    foreach ($arguments in 'scan --json', 'scan --json', 'scan --json', 'inventory --json') {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $listed = Invoke-Inzage $arguments
        Write-Line ("{0}: {1:f0} ms, exit {2}" -f $arguments, $clock.ElapsedMilliseconds, $listed.Code)
    }
    Write-Part 'masking'
    $parsed = @{}
    foreach ($one in @(@('scan', $scanned.Out), @('inventory', $listed.Out))) {
        if (-not $one[1]) { Write-Line "$($one[0]): no output"; continue }
        try { $parsed[$one[0]] = ConvertFrom-Report $one[1] } catch { Write-Line "$($one[0]): no JSON, $($_.Exception.GetType().Name)"; continue }
        # Only how many: which names is not for the file.
        $told = @(Get-Told $parsed[$one[0]]) -join "`n"
        Write-Line "$($one[0]): $(@($names | Where-Object { $told -match (Get-Pattern $_) }).Count) of $($names.Count) names left in paths and values"
    }
    if ($parsed['scan']) { Write-Report $parsed['scan'] }
    if ($parsed['inventory']) {
        $script:facts = @(Get-Part $parsed['inventory'] 'facts')
        Write-Comparisons
    }
    $script:failed = $scanned.Code -ne 0 -or -not $parsed['scan']
}

Write-Host 'This takes a minute or two / Dit duurt een tot twee minuten ...'
$failed = $true
$names = @()
$facts = @()
try {
    $names = @(Get-PersonalNames)
    Write-Computer
    $built = if ($Source) { $Source = Get-WholePath $Source; Write-Build }
    $beside = Join-Path $here 'inzage.exe'
    if (-not $Program) { $Program = if ($built -and -not (Test-Path -LiteralPath $beside)) { $built } else { $beside } }
    $Program = Get-WholePath $Program
    if (Test-Path -LiteralPath $Program -PathType Leaf) { Write-Trial } else { Write-Line 'there is no inzage.exe' }
} catch {
    Write-Line "the trial stopped: $($_.Exception.GetType().Name), line $($_.InvocationInfo.ScriptLineNumber)"
} finally {
    # The last word on names: whatever came this far is replaced, whoever wrote it.
    $text = $lines -join "`r`n"
    foreach ($name in $names) { $text = [regex]::Replace($text, (Get-Pattern $name), '<name>') }
    [IO.File]::WriteAllText($Output, "Inzage on Windows, a trial`r`n$text`r`n", $utf8)
    Write-Host 'Klaar. Stuur alleen dit bestand terug; lees het gerust eerst door. Er staat geen naam van jou, je computer of je organisatie in.'
    Write-Host '       Schrijf erbij of er een venster of een vraag om beheerdersrechten in beeld kwam.'
    Write-Host 'Done.  Send back this file only; do read it first. It has no name of you, your computer or your organisation in it.'
    Write-Host '       Say with it whether a window or a question for administrator rights came up.'
    Write-Host "       $Output"
}
if ($failed) { exit 1 }
