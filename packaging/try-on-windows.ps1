<#
Tries inzage.exe on a real computer with Windows 10 or 11, as an ordinary user, and writes what came out to one file beside this script.
It changes nothing and sends nothing. Put it in a folder with inzage.exe, open a console there, and say

    powershell -NoProfile -ExecutionPolicy Bypass -File .\try-on-windows.ps1

The file, inzage-windows-try.txt, has counts, times and the ids of what was recognised. It has no name of a person, computer or domain, and no
list of programs, services or files. Read it before you send it.

For Windows PowerShell 5.1, which every Windows has; newer ones work too. Only ASCII, because 5.1 reads a script in the system's own code page.
#>
param([string]$Program, [string]$Output)

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    Write-Host 'This computer lets scripts do too little for this trial. / Deze computer staat scripts te weinig toe voor deze proef.'
    exit 1
}
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
if (-not $Program) { $Program = Join-Path $here 'inzage.exe' }
if (-not $Output) { $Output = Join-Path $here 'inzage-windows-try.txt' }
# The system's own functions know nothing of the folder that this console is in.
$Output = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output)
if (-not (Test-Path -LiteralPath $Program -PathType Leaf)) {
    Write-Host "There is no inzage.exe at $Program / Er is geen inzage.exe op $Program"
    exit 1
}
$Program = (Resolve-Path -LiteralPath $Program).ProviderPath

$lines = New-Object 'System.Collections.Generic.List[string]'
function Write-Line([string]$Text) { $lines.Add($Text) }
function Write-Part([string]$Title) { $lines.Add(''); $lines.Add("== $Title") }

# What is asked may be refused or missing on this computer; that is a result too.
function Get-Answer([scriptblock]$Question) {
    try { & $Question } catch { "not to be had ($($_.Exception.GetType().Name))" }
}

# Whatever names a person, a computer or a domain.
function Get-PersonalNames {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $system = Get-CimInstance -ClassName Win32_ComputerSystem -ErrorAction SilentlyContinue
    $names = @($env:USERNAME, $env:COMPUTERNAME, $env:USERDOMAIN, $env:USERDNSDOMAIN, [Environment]::MachineName, $identity.User.Value)
    $names += $identity.Name.Split('\')
    try { $names += [Net.Dns]::GetHostName() } catch { }
    if ($env:LOGONSERVER) { $names += $env:LOGONSERVER.TrimStart('\') }
    if ($env:USERPROFILE) { $names += Split-Path -Leaf $env:USERPROFILE }
    if ($system) { $names += @($system.Name, $system.Domain, $system.PrimaryOwnerName) }
    try {
        $account = Get-CimInstance -ClassName Win32_UserAccount -Filter "LocalAccount=True AND SID='$($identity.User.Value)'"
        if ($account) { $names += $account.FullName }
    } catch { }
    try { $names += & whoami.exe /upn 2>$null } catch { }
    # The longest first, so that no half of a name stays.
    $names | Where-Object { $_ -and $_.Trim().Length -gt 1 } | ForEach-Object { $_.Trim() } | Sort-Object -Unique | Sort-Object -Property Length -Descending
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

# A console, a question for administrator rights, a crash.
$telling = @('conhost', 'OpenConsole', 'consent', 'WerFault')

# Runs the program with what it prints caught; with -Watch also looks which windows, consoles and questions for rights come up meanwhile.
function Invoke-Inzage([string]$Arguments, [switch]$Watch) {
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = $Program
    $start.Arguments = $Arguments
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = [Text.Encoding]::UTF8
    $start.StandardErrorEncoding = [Text.Encoding]::UTF8
    $result = @{ Code = $null; Out = ''; Err = ''; Windows = 0; New = @() }
    $before = @()
    if ($Watch) { $before = @(Get-Process -Name $telling -ErrorAction SilentlyContinue | ForEach-Object { $_.Id }) }
    try {
        # Error 740 is Windows' word for "needs elevation".
        $process = [Diagnostics.Process]::Start($start)
    } catch {
        $result.Err = "not started: $($_.Exception.GetType().Name)"
        $inner = $_.Exception.InnerException
        if ($inner -is [ComponentModel.Win32Exception]) { $result.Err += ", error $($inner.NativeErrorCode)" }
        return $result
    }
    $out = $process.StandardOutput.ReadToEndAsync()
    $err = $process.StandardError.ReadToEndAsync()
    $deadline = [DateTime]::UtcNow.AddSeconds(180)
    $wait = if ($Watch) { 50 } else { 1000 }
    while (-not $process.WaitForExit($wait)) {
        if ($Watch) {
            $process.Refresh()
            try { if ($process.MainWindowHandle -ne [IntPtr]::Zero) { $result.Windows++ } } catch { }
            $now = @(Get-Process -Name $telling -ErrorAction SilentlyContinue | Where-Object { $before -notcontains $_.Id })
            $result.New += @($now | ForEach-Object { $_.ProcessName })
        }
        if ([DateTime]::UtcNow -gt $deadline) {
            $process.Kill()
            $result.Err = 'ended by this script after 180 s'
            return $result
        }
    }
    $result.Code = $process.ExitCode
    $result.Out = $out.Result
    $result.Err = $err.Result
    return $result
}

function Get-Count([object[]]$Facts, [string]$Kind, [string]$Mechanism) {
    @($Facts | Where-Object { (Get-Part $_ 'kind') -eq $Kind -and (-not $Mechanism -or (Get-Part $_ 'mechanism') -eq $Mechanism) }).Count
}

function Get-KeyThere([string[]]$Keys) { $Keys | Where-Object { Test-Path -LiteralPath $_ } | ForEach-Object { Get-Item -LiteralPath $_ } }

function Get-ValueCount([string[]]$Keys) {
    $count = 0
    foreach ($key in @(Get-KeyThere $Keys)) { $count += $key.ValueCount }
    $count
}

Write-Host 'This takes a minute or two / Dit duurt een tot twee minuten ...'
$names = @(Get-PersonalNames)
$principal = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
$elevated = $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)

Write-Part 'computer'
$version = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
foreach ($name in 'EditionID', 'DisplayVersion', 'CurrentBuildNumber', 'UBR', 'InstallationType') {
    if ($version.PSObject.Properties[$name]) { Write-Line "$name`: $($version.$name)" }
}
Write-Line "processor: $env:PROCESSOR_ARCHITECTURE, $([Environment]::ProcessorCount) threads"
Write-Line "language: $([Globalization.CultureInfo]::InstalledUICulture.Name), formats $([Globalization.CultureInfo]::CurrentCulture.Name)"
Write-Line "PowerShell: $($PSVersionTable.PSVersion), host $($Host.Name)"
Write-Line "this script is elevated: $elevated"
$asked = '^\s*(AzureAdJoined|EnterpriseJoined|DomainJoined|WorkplaceJoined)\s*:\s*(YES|NO)'
$joined = Get-Answer { & dsregcmd.exe /status | Select-String -Pattern $asked | ForEach-Object { $_.Line.Trim() -replace '\s+', ' ' } }
foreach ($line in @($joined | Where-Object { $_ })) { Write-Line "dsregcmd: $line" }

Write-Part 'program'
Write-Line "SHA-256: $((Get-FileHash -Algorithm SHA256 -LiteralPath $Program).Hash)"
Write-Line "size: $((Get-Item -LiteralPath $Program).Length)"
$told = Invoke-Inzage '--version'
Write-Line "version: exit $($told.Code), $($told.Out.Trim())"

Write-Part 'one scan, watched'
$watched = Invoke-Inzage 'scan --json' -Watch
Write-Line "exit: $($watched.Code)"
Write-Line "errors: $($watched.Err.Trim())"
Write-Line "windows of its own seen: $($watched.Windows)"
$new = @($watched.New | Sort-Object -Unique)
if ($new.Count -eq 0) { $new = @('nothing') }
Write-Line "came up meanwhile (conhost or OpenConsole: a console; consent: a question for rights; WerFault: a crash): $($new -join ', ')"

Write-Part 'time'
foreach ($number in 1..3) {
    $script:timed = $null
    $time = Measure-Command { $script:timed = Invoke-Inzage 'scan --json' }
    Write-Line ("scan {0}: {1:n0} ms, exit {2}" -f $number, $time.TotalMilliseconds, $script:timed.Code)
}
$script:listed = $null
$time = Measure-Command { $script:listed = Invoke-Inzage 'inventory --json' }
Write-Line ("inventory: {0:n0} ms, exit {1}" -f $time.TotalMilliseconds, $script:listed.Code)

Write-Part 'masking'
foreach ($pair in @(@('scan', $watched.Out), @('inventory', $script:listed.Out))) {
    # Only how many: which names is not for the file.
    $left = @($names | Where-Object { $pair[1] -match (Get-Pattern $_) })
    Write-Line "names of this user or computer left in the $($pair[0]): $($left.Count) of $($names.Count)"
}

$report = $null
try { $report = ConvertFrom-Report $watched.Out } catch { Write-Line "the scan is no JSON: $($_.Exception.GetType().Name)" }
$inventory = $null
try { $inventory = ConvertFrom-Report $script:listed.Out } catch { Write-Line "the inventory is no JSON: $($_.Exception.GetType().Name)" }

if ($null -ne $report) {
    Write-Part 'report'
    $computer = Get-Part $report 'host'
    Write-Line "system: $(Get-Part $computer 'os'), $(Get-Part $computer 'os_version'); elevated: $(Get-Part $computer 'elevated')"
    foreach ($source in @(Get-Part $report 'coverage')) {
        $reason = Get-Part $source 'reason'
        $why = if ($null -ne $reason) { "; $(Get-Part $reason 'code')" } else { '' }
        Write-Line "source $(Get-Part $source 'source'): $(Get-Part $source 'status'), $(Get-Part $source 'checked') looked at$why"
    }
    foreach ($finding in @(Get-Part $report 'findings')) {
        $evidence = @(Get-Part $finding 'evidence' | ForEach-Object { "$(Get-Part $_ 'kind')/$(Get-Part $_ 'proves')" } | Sort-Object -Unique)
        Write-Line "finding $(Get-Part $finding 'product'): $(Get-Part $finding 'confidence'), $(Get-Part $finding 'state'), by $($evidence -join ' ')"
    }
    foreach ($seen in @(Get-Part $report 'observations')) {
        Write-Line "observation $(Get-Part $seen 'id'): $(Get-Part $seen 'level'), ordinary $(Get-Part $seen 'ordinary')"
    }
}

if ($null -ne $inventory) {
    $facts = @(Get-Part $inventory 'facts')
    Write-Part 'facts, by kind'
    $kinds = { "$(Get-Part $_ 'kind') $(Get-Part $_ 'mechanism')$(Get-Part $_ 'browser')".Trim() }
    foreach ($group in @($facts | Group-Object -Property $kinds | Sort-Object -Property Name)) {
        Write-Line "$($group.Name): $($group.Count)"
    }

    Write-Part 'what PowerShell counts, and what the inventory has'
    $current = 'SOFTWARE\Microsoft\Windows\CurrentVersion'
    $small = 'SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion'
    $types = @(Get-Answer {
        Get-ChildItem -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Services' -ErrorAction SilentlyContinue | ForEach-Object { $_.GetValue('Type') }
    } | Where-Object { $_ -is [int] })
    $uninstall = "HKLM:\$current\Uninstall", "HKLM:\$small\Uninstall", "HKCU:\$current\Uninstall"
    $run = "HKLM:\$current\Run", "HKLM:\$small\Run", "HKCU:\$current\Run"
    # What is counted, how PowerShell counts it, and the count of the inventory.
    $comparisons = @(
        @('processes', { @(Get-Process).Count }, (Get-Count $facts 'process')),
        @('services (Get-Service)', { @(Get-Service -ErrorAction SilentlyContinue).Count }, (Get-Count $facts 'autostart' 'service')),
        @('services (registry, type 16 and more)', { @($types | Where-Object { $_ -ge 16 }).Count }, (Get-Count $facts 'autostart' 'service')),
        @('drivers (registry, type below 16)', { @($types | Where-Object { $_ -lt 16 }).Count }, (Get-Count $facts 'autostart' 'driver')),
        @('scheduled tasks', { @(Get-ScheduledTask).Count }, (Get-Count $facts 'autostart' 'scheduled_task')),
        @('uninstall keys', { @(Get-KeyThere $uninstall | Get-ChildItem).Count }, (Get-Count $facts 'installed_program')),
        @('values in Run keys', { Get-ValueCount $run }, (Get-Count $facts 'autostart' 'run')),
        @('Store packages', { @(Get-AppxPackage).Count }, (Get-Count $facts 'package')),
        @('roots of the machine', { @(Get-ChildItem -LiteralPath 'Cert:\LocalMachine\Root').Count }, (Get-Count $facts 'certificate')),
        @('roots of user and machine', { @(Get-ChildItem -LiteralPath 'Cert:\CurrentUser\Root').Count }, (Get-Count $facts 'certificate'))
    )
    foreach ($comparison in $comparisons) {
        Write-Line "$($comparison[0]): PowerShell $(Get-Answer $comparison[1]), inventory $($comparison[2])"
    }
    $notepad = Join-Path $env:SystemRoot 'System32\notepad.exe'
    $signature = Get-Answer { $of = Get-AuthenticodeSignature -LiteralPath $notepad; "$($of.Status), $($of.SignatureType)" }
    Write-Line "signature of a program of Windows itself: $signature; signatures in the inventory: $(Get-Count $facts 'signature')"
    foreach ($browser in 'Google\Chrome', 'Microsoft\Edge', 'BraveSoftware\Brave-Browser', 'Vivaldi') {
        if (Test-Path -LiteralPath (Join-Path $env:LOCALAPPDATA "$browser\User Data")) { Write-Line "a browser with a profile: $browser" }
    }
    if (Test-Path -LiteralPath (Join-Path $env:APPDATA 'Mozilla\Firefox')) { Write-Line 'a browser with a profile: Mozilla\Firefox' }
}

# The last word on names: whatever came this far is replaced, whoever wrote it.
$text = $lines -join "`r`n"
foreach ($name in $names) { $text = [regex]::Replace($text, (Get-Pattern $name), '<name>') }
$text = "Inzage on Windows, a trial`r`n" + $text + "`r`n"
[IO.File]::WriteAllText($Output, $text, (New-Object Text.UTF8Encoding($false)))

Write-Host ''
Write-Host 'Klaar. Stuur alleen dit bestand terug; lees het gerust eerst door. Er staat geen naam van jou, je computer of je organisatie in.'
Write-Host '       Schrijf erbij of er een venster of een vraag om beheerdersrechten in beeld kwam.'
Write-Host 'Done.  Send back this file only; do read it first. It has no name of you, your computer or your organisation in it.'
Write-Host '       Say with it whether a window or a question for administrator rights came up.'
Write-Host "       $Output"
