//! What the programs that run, start by themselves or are installed say of themselves: who made and who signed them.
//!
//! This comes after all other collectors, because it needs what they found.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::is_on_a_drive;
use crate::collect::Context;
use crate::collect::executable::{Executable, Unread, examine, signers_in};
use crate::collect::log::Log;
use crate::collect::programs::{MOST, all, each_program};
use crate::collect::tree::Trouble;
use crate::facts::{Fact, Signature};
use crate::inventory::{Coverage, ReasonCode, Source};

/// The largest program that is looked up in the catalogues: for that the whole of it is read.
const LARGEST: u64 = 64 << 20;
/// The largest catalogue.
const LARGEST_CATALOGUE: u64 = 8 << 20;

/// Adds to the facts who made and who signed their programs.
pub(in crate::collect) fn look_at(context: &Context, facts: &mut Vec<Fact>) -> Coverage {
    let mut log = Log::new(context, Source::CodeSignatures);
    for fact in facts.iter_mut() {
        fact.each_text(|text| with_long_names(context, text));
    }
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for fact in facts.iter() {
        each_program(fact, |path| {
            paths.entry(path.to_lowercase()).or_insert_with(|| path.to_owned());
        });
    }
    if paths.len() > MOST {
        log.keep::<()>(Path::new("C:\\"), Err(Trouble::TooMany));
    }
    let paths: Vec<_> = paths.into_values().take(MOST).collect();
    let mut described = HashMap::new();
    for (path, looked_at) in paths.iter().zip(all(context, &paths, one)) {
        match looked_at {
            Ok(executable) => {
                log.checked(1);
                if executable.partly {
                    log.trouble(ReasonCode::Malformed, Path::new(path));
                }
                facts.extend(
                    executable
                        .signers
                        .iter()
                        .map(|signer| Signature { path: path.clone(), signer: Some(signer.clone()), place: path.clone(), ..Signature::default() }.into()),
                );
                described.insert(path.to_lowercase(), executable);
            }
            // A script, a program that is gone, which its own collector tells, or one of another computer.
            Err(Unread::NotAnExecutable | Unread::Trouble(Trouble::Absent | Trouble::Elsewhere)) => log.checked(1),
            Err(Unread::Malformed) => log.trouble(ReasonCode::Malformed, Path::new(path)),
            Err(Unread::Trouble(trouble)) => {
                log.keep::<()>(Path::new(path), Err(trouble));
            }
        }
    }
    for fact in facts {
        let Fact::Process(process) = fact else { continue };
        if let Some(executable) = process.exe.as_deref().and_then(|exe| described.get(&exe.to_lowercase())) {
            process.company.clone_from(&executable.company);
            process.product.clone_from(&executable.product);
            process.original_name.clone_from(&executable.original_name);
        }
    }
    log.finish()
}

/// Old installers write `C:\PROGRA~1`; a signature names the folder as people see it. Only what the files of this computer hold is asked for.
fn with_long_names(context: &Context, text: &mut String) {
    let is_short = text.contains('~') && is_on_a_drive(text);
    let long = context.calls.filter(|_| is_short && context.tree.meta(Path::new(text)).is_ok()).and_then(|calls| calls.long_path(text));
    if let Some(long) = long {
        *text = long;
    }
}

fn one(context: &Context, path: &str) -> Result<Executable, Unread> {
    let place = Path::new(path);
    let mut file = context.tree.open(place).map_err(Unread::Trouble)?;
    let mut executable = examine(file.length, &mut |offset, length| file.read(offset, length))?;
    // Windows' own files are in catalogues; to ask for all of them would mean reading the whole of Windows.
    let of_microsoft = executable.company.as_deref().is_some_and(|company| company.starts_with("Microsoft"));
    if let Some(calls) = context.calls.filter(|_| executable.signers.is_empty() && !of_microsoft && file.length <= LARGEST)
        && let Ok(Some(catalogue)) = calls.catalogue_of(path)
    {
        // What the program itself tells is not lost with a catalogue that cannot be read.
        let bytes = context.tree.read(Path::new(&catalogue), LARGEST_CATALOGUE).unwrap_or_default();
        executable.signers = signers_in(&bytes).unwrap_or_default();
    }
    Ok(executable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::collect::{Collected, windows::testing::Running};
    use crate::facts::{Autostart, Process};
    use crate::inventory::Status;

    const SIGNED: &[u8] = include_bytes!("../../../testdata/executables/nested64.exe");
    const UNSIGNED: &[u8] = include_bytes!("../../../testdata/executables/unsigned64.exe");
    const CATALOGUE: &[u8] = include_bytes!("../../../testdata/executables/signed.cat");

    fn collect(context: &Context) -> Collected {
        let exec = ["C:\\Acme\\Agent.exe", "C:\\Acme\\script.vbs", "C:\\Acme\\gone.exe", "C:\\Acme\\plain.exe", "C:\\Acme\\broken.exe"];
        let mut facts = vec![
            Process { exe: Some("C:\\Acme\\agent.exe".into()), ..Process::default() }.into(),
            Autostart { exec: exec.map(str::to_owned).into(), ..Autostart::default() }.into(),
        ];
        let coverage = vec![look_at(context, &mut facts)];
        Collected { facts, coverage }
    }

    fn fixture() -> Fixture {
        Fixture::new().file("C:\\Acme\\Agent.exe", SIGNED).file("C:\\Acme\\script.vbs", "x = 1").file("C:\\Acme\\plain.exe", UNSIGNED)
    }

    fn signers(collected: &Collected) -> Vec<(&str, &str)> {
        let each = collected.facts.iter().filter_map(|fact| if let Fact::Signature(one) = fact { Some((&*one.path, one.signer.as_deref()?)) } else { None });
        each.collect()
    }

    #[test]
    fn makers_and_signers() {
        let collected = fixture().collect_windows(collect);
        assert_eq!(signers(&collected), [("C:\\Acme\\agent.exe", "Vendor Monitoring BV"), ("C:\\Acme\\agent.exe", "Vendor Holding NV")]);
        let Fact::Process(process) = &collected.facts[0] else { panic!() };
        assert!(process.company.is_some() && process.product.is_some(), "{process:?}");
        assert_eq!(collected.of(Source::CodeSignatures), (Status::Full, None));
    }

    #[test]
    fn a_catalogue_vouches() {
        let running = Running { catalogue: Some("C:\\Windows\\System32\\CatRoot\\x.cat".into()), ..Running::default() };
        let collected = fixture().file("C:\\Windows\\System32\\CatRoot\\x.cat", CATALOGUE).calls(running).collect_windows(collect);
        assert!(signers(&collected).contains(&("C:\\Acme\\plain.exe", "Vendor Monitoring BV")), "{:?}", collected.facts);
    }

    #[test]
    fn short_names_are_made_long() {
        fn short(context: &Context) -> Collected {
            let mut facts = vec![Autostart { exec: vec!["C:\\PROGRA~1\\agent.exe".into()], ..Autostart::default() }.into()];
            let coverage = vec![look_at(context, &mut facts)];
            Collected { facts, coverage }
        }
        let is_long = |fixture: Fixture| {
            let collected = fixture.calls(Running::default()).collect_windows(short);
            matches!(&collected.facts[0], Fact::Autostart(entry) if entry.exec == ["C:\\Program Files\\agent.exe"])
        };
        assert!(is_long(Fixture::new().file("C:\\PROGRA~1\\agent.exe", "")));
        assert!(!is_long(Fixture::new()), "what is not on this computer's own drives is not asked for");
    }

    #[test]
    fn denied_and_malformed() {
        assert_eq!(fixture().deny("C:\\Acme").collect_windows(collect).of(Source::CodeSignatures), (Status::None, Some(ReasonCode::PermissionDenied)));
        let broken = fixture().file("C:\\Acme\\broken.exe", &SIGNED[..300]).collect_windows(collect);
        assert_eq!(broken.of(Source::CodeSignatures), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
