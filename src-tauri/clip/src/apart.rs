//! A process of its own for documents that can kill whoever reads them (H-10).
//!
//! The program starts itself again with a hidden first argument. The child takes limits on memory and
//! processor time before it reads a byte, gets the document on standard input and answers with JSON on
//! standard output; it writes nothing and opens nothing else. A clock runs in the parent, which ends the
//! child when the time is over. Whatever kills the child, the parent says that the document could not be
//! read, and lives.
//!
//! Limits are those of the system: memory and processor time on Linux, processor time on macOS, on Windows
//! the clock alone. What a page may take is counted in processor time, so that a machine with much else to do
//! refuses no page that an idle one reads.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Clipping, Document, Error, MOST_BYTES, Media};

/// The hidden first argument.
const ARGUMENT: &str = "--read-apart";
/// The bytes of a page that are worth a second of the processor. The largest that outlets print take half a
/// second on a usual machine, and 20 MB of paragraphs take 1.3 s.
const BYTES_A_SECOND: usize = 16 * 1024 * 1024;
/// The memory that the child may take for what it reads, and with all libraries that it maps.
#[cfg(target_os = "linux")]
const MEMORY: (u64, u64) = (1 << 30, 4 << 30);
/// The most bytes of an answer.
const MOST_ANSWER: u64 = 512 * 1024 * 1024;
/// The stack on which the child reads.
const STACK: usize = 128 * 1024 * 1024;

/// The program to start: our own.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// How long reading may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// Seconds of the processor.
    processor: u64,
    /// What the parent waits at most.
    clock: Duration,
}

impl Patience {
    /// For one document.
    pub(crate) const DOCUMENT: Self = Self { processor: 30, clock: Duration::from_secs(20) };

    /// For a page of so many bytes.
    pub(crate) fn of_page(bytes: usize) -> Self {
        let processor = 2 + (bytes / BYTES_A_SECOND) as u64;
        Self { processor, clock: Duration::from_secs(10 + processor) }
    }
}

/// What the child is asked; the bytes of the document follow on the next line.
#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    media: Media,
    url: Option<String>,
    charset: Option<String>,
}

/// To be called before anything else in `main`: reads a document and ends the process when it was started
/// for that; otherwise only notes that this program can be started so.
pub fn run_if_asked() {
    if std::env::args_os().nth(1).as_deref() == Some(OsStr::new(ARGUMENT)) {
        let processor = std::env::args().nth(2).and_then(|said| said.parse().ok());
        std::process::exit(i32::from(serve(processor.unwrap_or(Patience::DOCUMENT.processor)).is_err()));
    }
    // The path of a program that was replaced while it runs is gone; this name of it is not.
    let program =
        if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() };
    if let Ok(program) = program {
        use_program(program);
    }
}

/// Names the program to start, for a host that is not itself one that calls [`run_if_asked`]: a test. The
/// first name stands.
pub fn use_program(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// Whether documents can be read apart from here. Not where they are read already.
pub(crate) fn is_possible() -> bool {
    PROGRAM.get().is_some()
}

/// Reads a document in a process of its own.
pub(crate) fn clip(document: &Document, media: Media, patience: Patience) -> Result<Clipping, Error> {
    let Patience { processor, clock } = patience;
    let failed = |why: &str| Error::Apart { why: why.to_owned() };
    let program = PROGRAM.get().ok_or_else(|| failed("this program starts no process that could read it"))?;
    let asked =
        Asked { media, url: document.url.map(str::to_owned), charset: document.charset.map(str::to_owned) };
    let asked = serde_json::to_vec(&asked).map_err(|error| failed(&error.to_string()))?;
    let mut child = Command::new(program)
        .arg(ARGUMENT)
        .arg(processor.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&format!("the process that reads it did not start ({error})")))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (answer, end) = std::thread::scope(|scope| {
        scope.spawn(|| {
            // A child that died takes no more; its answer says so.
            if let Some(mut stdin) = stdin {
                let _ = stdin
                    .write_all(&asked)
                    .and_then(|()| stdin.write_all(b"\n"))
                    .and_then(|()| stdin.write_all(document.bytes));
            }
        });
        let (tell, told) = mpsc::channel();
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read = stdout.map(|stdout| stdout.take(MOST_ANSWER).read_to_end(&mut answer));
            let _ = tell.send(read.map(|read| read.map(|_| answer)));
        });
        let answer = told.recv_timeout(clock);
        // Both threads end with the child.
        let _ = child.kill();
        (answer, child.wait())
    });
    let answer = match answer {
        Ok(Some(Ok(answer))) => answer,
        Ok(_) => return Err(failed("its reader gave no answer")),
        Err(_) => return Err(failed(&format!("reading it took more than {} seconds", clock.as_secs()))),
    };
    let read = serde_json::from_slice::<Result<Clipping, Error>>(&answer);
    read.unwrap_or_else(|_| match end {
        Ok(end) if is_out_of_time(end) => {
            Err(failed(&format!("reading it took more than {processor} seconds of the processor")))
        }
        _ => Err(failed("its reader ran out of memory or failed")),
    })
}

/// Whether the system ended a process that had used its share of the processor.
fn is_out_of_time(end: ExitStatus) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        end.signal() == Some(rustix::process::Signal::XCPU.as_raw())
    }
    #[cfg(not(unix))]
    {
        let _ = end;
        false
    }
}

/// The child: reads one document from standard input and answers on standard output.
fn serve(processor: u64) -> io::Result<()> {
    limit(processor)?;
    // What a library shouts before it dies is for nobody.
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = Vec::new();
    io::stdin().lock().take(MOST_BYTES as u64 + 64 * 1024).read_to_end(&mut input)?;
    let end = input.iter().position(|&byte| byte == b'\n').ok_or(io::ErrorKind::InvalidInput)?;
    let asked: Asked = serde_json::from_slice(&input[..end])?;
    input.drain(..=end);
    let reader = std::thread::Builder::new().name("apart".into()).stack_size(STACK).spawn(move || {
        let document = Document {
            bytes: &input,
            url: asked.url.as_deref(),
            media: asked.media,
            charset: asked.charset.as_deref(),
        };
        crate::clip_here(&document, asked.media)
    })?;
    let answer = reader.join().unwrap_or_else(|_| {
        Err(Error::Apart { why: "its reader failed at a place that no sound file has".into() })
    });
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    out.flush()
}

/// Takes the limits that the system has.
#[cfg_attr(not(unix), expect(unused_variables, reason = "the system has no such limit"))]
fn limit(processor: u64) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let set = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        // The soft limit ends it with a signal that tells why; the hard one is for whoever would ignore that.
        let cpu = Rlimit { current: Some(processor), maximum: Some(processor + 1) };
        setrlimit(Resource::Cpu, cpu)?;
        // It writes no file, not even a dump of what it read.
        set(Resource::Fsize, 0)?;
        set(Resource::Core, 0)?;
        #[cfg(target_os = "linux")]
        {
            set(Resource::Data, MEMORY.0)?;
            set(Resource::As, MEMORY.1)?;
        }
    }
    Ok(())
}
