//! Answers as text in, an HTTP server on loopback out that gives them in turn and records what it is
//! asked. It stands in the tests of generated crates, which have no HTTP of their own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// `GET /v1.0/books`
    pub(crate) line: String,
    /// The headers, their names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: String,
}

impl Seen {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A server that runs until the test is over.
pub(crate) struct Loopback {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Loopback {
    /// A server that gives these answers in turn: a status line, headers, an empty line, a body.
    /// `{address}` stands for where it listens.
    pub(crate) fn answering(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let seen = Arc::<Mutex<Vec<Seen>>>::default();
        let answers: Vec<String> = answers
            .iter()
            .map(|answer| answer.replace("{address}", &address.to_string()))
            .collect();
        let log = Arc::clone(&seen);
        thread::spawn(move || {
            for answer in answers {
                let (stream, _) = listener.accept().expect("a connection");
                exchange(stream, &answer, &log);
            }
        });
        Self { address, seen }
    }

    /// What clients take for the endpoint.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/v1.0", self.address)
    }

    /// The requests up to now.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no panic").clone()
    }
}

/// Reads a request, records it and answers it.
fn exchange(stream: TcpStream, answer: &str, log: &Mutex<Vec<Seen>>) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("a request line");
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).expect("a header");
        match header.trim().split_once(':') {
            Some((name, value)) => {
                headers.push((name.to_lowercase(), value.trim().to_owned()));
            }
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let seen = Seen {
        line: line.trim().trim_end_matches(" HTTP/1.1").to_owned(),
        headers,
        body: String::from_utf8(body).expect("text"),
    };
    log.lock().expect("no panic").push(seen);
    let (head, content) = answer.split_once("\n\n").unwrap_or((answer, ""));
    let head = head.trim().replace('\n', "\r\n");
    let length = content.len();
    let text = format!(
        "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{content}"
    );
    reader
        .get_mut()
        .write_all(text.as_bytes())
        .expect("a reader");
}
