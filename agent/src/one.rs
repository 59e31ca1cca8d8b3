//! One resident process for each user: the first start keeps a lock and listens on a local socket, a second one talks to it and ends.
//!
//! There is no port: on Linux and macOS it is a file that only this user may open, on Windows a named pipe with the same limit.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use interprocess::local_socket::{ListenerOptions, Name, Stream, prelude::*};
use serde::{Deserialize, Serialize};

/// What a second start, or a command, asks of the process that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// How it is.
    Status,
    /// Look now.
    Look,
    /// Look no more for now.
    Pause,
    /// Go on after a pause.
    Continue,
    /// Show what was found.
    Show,
    /// End.
    Quit,
}

impl Ask {
    /// By the words of the command line and of the socket.
    pub const ALL: [(&'static str, Self); 6] =
        [("status", Self::Status), ("look", Self::Look), ("pause", Self::Pause), ("continue", Self::Continue), ("show", Self::Show), ("quit", Self::Quit)];
}

/// What it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Whether it did what was asked.
    pub ok: bool,
    /// Its process number.
    #[serde(default)]
    pub pid: u32,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// Whether it pauses.
    #[serde(default)]
    pub paused: bool,
    /// What the icon says.
    #[serde(default)]
    pub summary: String,
}

/// One line on the socket.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(rename = "do")]
    ask: Ask,
    /// What to show: the id of a product or a category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<String>,
}

/// No line is longer; a longer one comes from something that is no start of ours.
const LONGEST_LINE: u64 = 4096;
/// Who takes longer to ask is not waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// Who only asks whether somebody has the place holds the lock for a moment, never so long.
const QUESTION: Duration = Duration::from_millis(200);
/// So many may ask at the same time.
const MOST_AT_ONCE: usize = 8;

/// Which process this is.
pub enum Place {
    /// The one that stays.
    First(First),
    /// Another one runs already.
    Second,
}

/// The right to be the one that stays, until it is dropped or the process ends in whatever way.
pub struct First {
    folder: PathBuf,
    _lock: File,
}

/// Where lock and socket lie: a folder of this user alone, which goes when the user logs out, as far as the system has one.
pub fn folder() -> PathBuf {
    #[cfg(unix)]
    {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute() && path.is_dir());
        runtime.map_or_else(|| std::env::temp_dir().join(format!("inzage-{}", rustix::process::geteuid().as_raw())), |path| path.join("inzage"))
    }
    #[cfg(not(unix))]
    std::env::temp_dir().join("inzage")
}

/// The same for the window: a folder within that one, which is made when it is not there.
pub fn window_folder() -> io::Result<PathBuf> {
    let around = folder();
    make_own_folder(&around)?;
    Ok(around.join("window"))
}

/// Takes the place of the one that stays, if nobody has it. What a killed process left behind is in nobody's way: its lock went with it.
pub fn claim(folder: &Path) -> io::Result<Place> {
    make_own_folder(folder)?;
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let lock = options.open(folder.join("lock"))?;
    let until = Instant::now() + QUESTION;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(Place::First(First { folder: folder.to_owned(), _lock: lock })),
            Err(TryLockError::WouldBlock) if Instant::now() < until => thread::sleep(QUESTION / 10),
            Err(TryLockError::WouldBlock) => return Ok(Place::Second),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Whether somebody has the place of the one that stays. Nothing is made for the question.
pub(crate) fn is_taken(folder: &Path) -> io::Result<bool> {
    match File::open(folder.join("lock")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(lock) => match lock.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        },
    }
}

impl First {
    /// Listens until the process ends. `answer` is called beside the main loop, with what to show if that was said, and must not wait for it.
    pub fn listen(&self, answer: impl Fn(Ask, Option<String>) -> Reply + Send + Sync + 'static) -> io::Result<()> {
        // Only who has the lock comes here, so that a socket that is there belongs to nobody any more.
        #[cfg(unix)]
        let _ = fs::remove_file(self.folder.join(SOCKET));
        let options = ListenerOptions::new().name(name(&self.folder)?);
        #[cfg(windows)]
        let options = only_this_user(options)?;
        let listener = options.create_sync()?;
        #[cfg(unix)]
        fs::set_permissions(self.folder.join(SOCKET), std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        let answer = Arc::new(answer);
        let busy = Arc::new(AtomicUsize::new(0));
        thread::Builder::new().name("socket".to_owned()).spawn(move || {
            for stream in listener.incoming() {
                // Out of files, or a client that went away at once: neither may make it turn in a circle.
                let Ok(stream) = stream else {
                    thread::sleep(Duration::from_millis(100));
                    continue;
                };
                if busy.load(Ordering::Acquire) >= MOST_AT_ONCE || !is_own(&stream) {
                    continue;
                }
                busy.fetch_add(1, Ordering::AcqRel);
                let (answer, done) = (Arc::clone(&answer), Arc::clone(&busy));
                let started = thread::Builder::new().name("client".to_owned()).spawn(move || {
                    let _ = serve(&stream, &*answer);
                    done.fetch_sub(1, Ordering::AcqRel);
                });
                if started.is_err() {
                    busy.fetch_sub(1, Ordering::AcqRel);
                }
            }
        })?;
        Ok(())
    }
}

impl Drop for First {
    fn drop(&mut self) {
        // The lock's file stays: who removes one that others may have open gives two of them the place.
        #[cfg(unix)]
        let _ = fs::remove_file(self.folder.join(SOCKET));
    }
}

/// Asks the process that stays. A process that has just started may not listen yet, so it is asked for a while.
pub fn ask(folder: &Path, what: Ask) -> io::Result<Reply> {
    send(folder, what, None)
}

/// Asks it to show something: the id of a product or a category.
pub fn show(folder: &Path, about: Option<&str>) -> io::Result<Reply> {
    send(folder, Ask::Show, about)
}

fn send(folder: &Path, what: Ask, about: Option<&str>) -> io::Result<Reply> {
    let until = Instant::now() + PATIENCE;
    loop {
        match ask_once(folder, what, about) {
            Err(error) if Instant::now() < until && error.kind() != io::ErrorKind::TimedOut => thread::sleep(Duration::from_millis(50)),
            answer => return answer,
        }
    }
}

fn ask_once(folder: &Path, what: Ask, about: Option<&str>) -> io::Result<Reply> {
    let folder = folder.to_owned();
    let line = Line { ask: what, about: about.map(str::to_owned) };
    let (sender, receiver) = std::sync::mpsc::channel();
    // Pipes of Windows know no time limit, so somebody else waits for them.
    thread::Builder::new().spawn(move || {
        let _ = sender.send(exchange(&folder, &line));
    })?;
    receiver.recv_timeout(PATIENCE * 2).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

fn exchange(folder: &Path, line: &Line) -> io::Result<Reply> {
    let stream = Stream::connect(name(folder)?)?;
    // Where there is no time limit, `ask_once` keeps it.
    let _ = stream.set_recv_timeout(Some(PATIENCE));
    let _ = stream.set_send_timeout(Some(PATIENCE));
    write_line(&stream, line)?;
    read_line(&stream)
}

fn serve(stream: &Stream, answer: &dyn Fn(Ask, Option<String>) -> Reply) -> io::Result<()> {
    let _ = stream.set_recv_timeout(Some(PATIENCE));
    let _ = stream.set_send_timeout(Some(PATIENCE));
    let reply = match read_line::<Line>(stream) {
        Ok(line) => answer(line.ask, line.about),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Reply::default(),
        Err(error) => return Err(error),
    };
    write_line(stream, &reply)
}

fn write_line<T: Serialize>(mut stream: &Stream, value: &T) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    stream.flush()
}

/// Reads one line, however slowly it comes, within the patience and the length.
fn read_line<T: for<'a> Deserialize<'a>>(stream: &Stream) -> io::Result<T> {
    let until = Instant::now() + PATIENCE;
    let mut reader = BufReader::with_capacity(512, stream.take(LONGEST_LINE));
    let mut line = Vec::new();
    loop {
        // The time limit of the stream is that of one piece; a client that sends a byte now and then has no more time than others.
        if Instant::now() > until {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let piece = reader.fill_buf()?;
        let end = piece.iter().position(|byte| *byte == b'\n');
        line.extend_from_slice(&piece[..end.unwrap_or(piece.len())]);
        let (used, is_over) = (end.map_or(piece.len(), |end| end + 1), end.is_some() || piece.is_empty());
        reader.consume(used);
        if is_over {
            return serde_json::from_slice(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error));
        }
    }
}

#[cfg(unix)]
const SOCKET: &str = "socket";

#[cfg(unix)]
fn name(folder: &Path) -> io::Result<Name<'static>> {
    use interprocess::local_socket::{GenericFilePath, ToFsName as _};
    folder.join(SOCKET).to_fs_name::<GenericFilePath>().map(Name::into_owned)
}

/// Pipes have one namespace for the whole computer. The folder has the user's name in it, so that two users' pipes differ.
#[cfg(windows)]
fn name(folder: &Path) -> io::Result<Name<'static>> {
    use interprocess::local_socket::{GenericNamespaced, ToNsName as _};
    let folder: String = folder.to_string_lossy().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("inzage-{folder}").to_ns_name::<GenericNamespaced>().map(Name::into_owned)
}

/// Nobody but the owner may open the pipe; Windows by itself lets everybody read from it.
#[cfg(windows)]
fn only_this_user(options: ListenerOptions<'_>) -> io::Result<ListenerOptions<'_>> {
    use interprocess::os::windows::local_socket::ListenerOptionsExt as _;
    use interprocess::os::windows::security_descriptor::SecurityDescriptor;
    let owner_alone = widestring::u16cstr!("D:P(A;;GA;;;OW)");
    Ok(options.security_descriptor(SecurityDescriptor::deserialize(owner_alone)?))
}

/// Makes the folder, and refuses one that another user has put there, or may write into.
fn make_own_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    let made = std::os::unix::fs::DirBuilderExt::mode(&mut fs::DirBuilder::new(), 0o700).create(folder);
    #[cfg(not(unix))]
    let made = fs::create_dir(folder);
    match made {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(folder)?;
    #[cfg(unix)]
    let is_own = {
        use std::os::unix::fs::MetadataExt as _;
        found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o777 == 0o700
    };
    #[cfg(not(unix))]
    let is_own = true;
    if found.is_dir() && is_own { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Whether the other side is the same user. The folder lets nobody else in; this is the second bolt.
#[cfg(unix)]
fn is_own(stream: &Stream) -> bool {
    let user = stream.peer_creds().ok().and_then(|who| who.euid());
    user.is_none_or(|user| user == rustix::process::geteuid().as_raw())
}

/// Windows itself refuses others.
#[cfg(not(unix))]
fn is_own(_: &Stream) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn first(folder: &Path) -> First {
        match claim(folder).unwrap() {
            Place::First(first) => first,
            Place::Second => panic!("somebody else has the place"),
        }
    }

    #[test]
    fn the_second_talks_to_the_first() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("own");
        let one = first(&folder);
        assert!(matches!(claim(&folder).unwrap(), Place::Second));
        assert!(is_taken(&folder).unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        one.listen(move |what, about| {
            kept.lock().unwrap().push((what, about));
            Reply { ok: true, pid: 7, ..Reply::default() }
        })
        .unwrap();
        for (_, what) in Ask::ALL {
            assert_eq!(ask(&folder, what).unwrap().pid, 7);
        }
        assert_eq!(*heard.lock().unwrap(), Ask::ALL.map(|(_, what)| (what, None)));
        show(&folder, Some("veyon")).unwrap();
        assert_eq!(heard.lock().unwrap().last().unwrap(), &(Ask::Show, Some("veyon".to_owned())));
        drop(one);
        assert!(!is_taken(&folder).unwrap() && !is_taken(temporary.path()).unwrap());
        assert!(matches!(claim(&folder).unwrap(), Place::First(_)));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_killed_process_left_is_taken_over() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("own");
        make_own_folder(&folder).unwrap();
        drop(std::os::unix::net::UnixListener::bind(folder.join(SOCKET)).unwrap());
        fs::write(folder.join("lock"), "").unwrap();
        let one = first(&folder);
        one.listen(|_, _| Reply { ok: true, ..Reply::default() }).unwrap();
        assert!(ask(&folder, Ask::Status).unwrap().ok);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_may_use_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("open");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(claim(&folder).is_err());
        let link = temporary.path().join("link");
        std::os::unix::fs::symlink(temporary.path(), &link).unwrap();
        assert!(claim(&link).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn slow_silent_and_endless_clients_do_no_harm() {
        use std::os::unix::net::UnixStream;
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("own");
        let one = first(&folder);
        one.listen(|_, _| Reply { ok: true, ..Reply::default() }).unwrap();
        let connect = || UnixStream::connect(folder.join(SOCKET)).unwrap();
        let _silent: Vec<_> = (0..3).map(|_| connect()).collect();
        let mut endless = connect();
        thread::spawn(move || while endless.write_all(&[b'x'; 1024]).is_ok() {});
        let mut slow = connect();
        thread::spawn(move || {
            while slow.write_all(b" ").is_ok() {
                thread::sleep(Duration::from_millis(100));
            }
        });
        let mut wrong = connect();
        wrong.write_all(b"{\"do\":\"erase\"}\n").unwrap();
        let mut said = String::new();
        wrong.read_to_string(&mut said).unwrap();
        assert!(said.starts_with("{\"ok\":false"), "{said}");
        assert!(ask(&folder, Ask::Status).unwrap().ok, "it still answers while others waste its time");
        // Those who wasted time are let go, so that the places are free again.
        thread::sleep(PATIENCE + Duration::from_millis(500));
        let _more: Vec<_> = (0..7).map(|_| connect()).collect();
        assert!(ask(&folder, Ask::Status).unwrap().ok);
    }
}
