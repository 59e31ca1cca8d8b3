//! Who signed the programs that run, start by themselves or are installed.
//!
//! This comes after all other collectors, because it needs what they found.

use std::collections::BTreeMap;
use std::path::Path;

use crate::collect::Context;
use crate::collect::executable::{MachSignature, Unread, examine_code_directory, examine_mach};
use crate::collect::log::Log;
use crate::collect::programs::{MOST, all, each_program};
use crate::collect::tree::Trouble;
use crate::facts::{Fact, Signature};
use crate::inventory::{Coverage, ReasonCode, Source};

/// The volume of the system, which Apple seals: what lies there is Apple's.
const OF_APPLE: [&str; 6] = ["/System/", "/usr/bin/", "/usr/sbin/", "/usr/libexec/", "/bin/", "/sbin/"];
/// The largest signature of a bundle that has it in files of its own.
const LARGEST: u64 = 4 << 20;

/// Adds to the facts who signed their programs.
pub(in crate::collect) fn look_at(context: &Context, facts: &mut Vec<Fact>) -> Coverage {
    let mut log = Log::new(context, Source::CodeSignatures);
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for fact in facts.iter() {
        each_program(fact, |path| {
            if path.starts_with('/') && !OF_APPLE.iter().any(|place| path.starts_with(place)) {
                paths.entry(path.to_lowercase()).or_insert_with(|| path.to_owned());
            }
        });
    }
    if paths.len() > MOST {
        log.keep::<()>(Path::new("/"), Err(Trouble::TooMany));
    }
    let paths: Vec<_> = paths.into_values().take(MOST).collect();
    for (path, looked_at) in paths.iter().zip(all(context, &paths, one)) {
        match looked_at {
            Ok(found) => {
                log.checked(1);
                if found.partly {
                    log.trouble(ReasonCode::Malformed, Path::new(path));
                }
                facts.extend(told(path, found).map(Fact::from));
            }
            // A script, a program that is gone, which its own collector tells, or one of another computer.
            Err(Unread::NotAnExecutable | Unread::Trouble(Trouble::Absent | Trouble::Elsewhere | Trouble::NotAFile)) => log.checked(1),
            Err(Unread::Malformed) => log.trouble(ReasonCode::Malformed, Path::new(path)),
            Err(Unread::Trouble(trouble)) => {
                log.keep::<()>(Path::new(path), Err(trouble));
            }
        }
    }
    log.finish()
}

/// The fact of a signature; nothing if nobody signed.
fn told(path: &str, found: MachSignature) -> Option<Signature> {
    // Whoever signs by nobody gives any identifier; compilers give the name of the file.
    let identifier = found.identifier.filter(|_| !found.ad_hoc);
    let signer = found.signers.into_iter().next();
    let is_signed = found.team_id.is_some() || identifier.is_some();
    is_signed.then(|| Signature { path: path.to_owned(), signer, team_id: found.team_id, identifier, place: path.to_owned() })
}

fn one(context: &Context, path: &str) -> Result<MachSignature, Unread> {
    let mut file = context.tree.open(Path::new(path)).map_err(Unread::Trouble)?;
    match examine_mach(file.length, &mut |offset, length| file.read(offset, length)) {
        Err(Unread::NotAnExecutable) => of_bundle(context, path),
        answer => answer,
    }
}

/// The signature of a bundle whose program is a script.
fn of_bundle(context: &Context, path: &str) -> Result<MachSignature, Unread> {
    let (contents, _) = path.rsplit_once("/MacOS/").ok_or(Unread::NotAnExecutable)?;
    let read = |name: &str| context.tree.read(Path::new(&format!("{contents}/_CodeSignature/{name}")), LARGEST);
    match read("CodeDirectory") {
        Ok(directory) => examine_code_directory(&directory, read("CodeSignature").ok().as_deref()),
        Err(Trouble::Absent) => Err(Unread::NotAnExecutable),
        Err(trouble) => Err(Unread::Trouble(trouble)),
    }
}
