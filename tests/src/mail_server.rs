//! A real SMTP server on loopback that keeps what it receives.

use std::{
    io::{BufRead, BufReader, Write},
    net::{IpAddr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use mailin::{Action, Handler, Response, SessionBuilder, response};

/// A mail as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Headers and body, quoted-printable decoded.
    pub text: String,
}

impl Received {
    /// The token in the first link of the mail.
    #[track_caller]
    #[must_use]
    pub fn token(&self) -> String {
        let rest = self
            .text
            .split("#token=")
            .nth(1)
            .unwrap_or_else(|| panic!("no link in {}", self.text));
        rest.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect()
    }
}

/// The server. Ends with the test process.
#[derive(Clone, Debug)]
pub struct MailServer {
    addr: SocketAddr,
    mails: Arc<Mutex<Vec<Received>>>,
    refusals: Arc<Mutex<u32>>,
    hold: Arc<Hold>,
}

/// A server that takes its time: who is kept waiting, and for how long.
#[derive(Debug, Default)]
struct Hold {
    is_on: AtomicBool,
    waiting: AtomicUsize,
}

impl Hold {
    fn wait(&self) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        while self.is_on.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(10));
        }
        self.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

struct Mailbox {
    current: Received,
    raw: Vec<u8>,
    mails: Arc<Mutex<Vec<Received>>>,
    refusals: Arc<Mutex<u32>>,
    hold: Arc<Hold>,
}

impl Handler for Mailbox {
    fn rcpt(&mut self, to: &str) -> Response {
        self.hold.wait();
        let mut refusals = self.refusals.lock().expect("lock");
        if *refusals > 0 {
            *refusals -= 1;
            return response::INTERNAL_ERROR;
        }
        self.current.to.push(to.to_owned());
        response::OK
    }

    fn data(&mut self, buffer: &[u8]) -> std::io::Result<()> {
        self.raw.extend_from_slice(buffer);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mut mail = std::mem::take(&mut self.current);
        mail.text = decode(&std::mem::take(&mut self.raw));
        self.mails.lock().expect("lock").push(mail);
        response::OK
    }
}

/// Undoes quoted-printable, which is all that the service's mails use.
fn decode(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw).replace("=\r\n", "");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = (*first == b'=').then(|| tail.get(..2)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl MailServer {
    /// Listens on a free port.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
        let server = Self {
            addr: listener.local_addr().expect("address"),
            mails: Arc::default(),
            refusals: Arc::default(),
            hold: Arc::default(),
        };
        let (mails, refusals, hold) = (server.mails.clone(), server.refusals.clone(), server.hold.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mailbox = Mailbox {
                    current: Received::default(),
                    raw: Vec::new(),
                    mails: mails.clone(),
                    refusals: refusals.clone(),
                    hold: hold.clone(),
                };
                std::thread::spawn(move || serve(stream, mailbox));
            }
        });
        server
    }

    /// For the service's settings.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.addr)
    }

    /// Refuses the next `count` mails with a temporary error.
    pub fn refuse(&self, count: u32) {
        *self.refusals.lock().expect("lock") = count;
    }

    /// Keeps whoever brings a mail waiting, until told otherwise.
    pub fn hold(&self, is_on: bool) {
        self.hold.is_on.store(is_on, Ordering::SeqCst);
    }

    /// Waits until somebody is kept waiting.
    pub async fn wait_until_held(&self) {
        let start = Instant::now();
        while self.hold.waiting.load(Ordering::SeqCst) == 0 {
            assert!(start.elapsed() < Duration::from_secs(20), "nobody brings a mail");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How many mails are still to be refused.
    #[must_use]
    pub fn refusals_left(&self) -> u32 {
        *self.refusals.lock().expect("lock")
    }

    /// Everything received so far.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.mails.lock().expect("lock").clone()
    }

    /// Waits for the `number`th mail to that address, counting from one.
    pub async fn wait_for(&self, to: &str, number: usize) -> Received {
        let start = Instant::now();
        loop {
            let mails = self.received();
            let mut own = mails
                .into_iter()
                .filter(|mail| mail.to.iter().any(|address| address == to));
            if let Some(mail) = own.nth(number - 1) {
                return mail;
            }
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "no mail number {number} to {to}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn serve(mut stream: TcpStream, mailbox: Mailbox) -> Option<()> {
    let mut session = SessionBuilder::new("test").build(IpAddr::from([127, 0, 0, 1]), mailbox);
    session.greeting().write_to(&mut stream).ok()?;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).ok()? > 0 {
        let response = session.process(&line);
        line.clear();
        match response.action {
            Action::NoReply => {}
            Action::Close => {
                response.write_to(&mut stream).ok()?;
                return None;
            }
            _ => {
                response.write_to(&mut stream).ok()?;
                stream.flush().ok()?;
            }
        }
    }
    None
}
