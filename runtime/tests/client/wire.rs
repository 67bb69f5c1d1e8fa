//! Scripted bytes in, a server out that is as bad at HTTP as the script says.
//!
//! What a well-made server never sends: half an answer, silence, a connection that breaks.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// What the server does with one request: what it writes, and what becomes of the connection.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    bytes: Vec<u8>,
    /// How many chunks of a megabyte follow.
    megabytes: usize,
    pub(crate) then: Then,
}

/// What becomes of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Then {
    /// It is closed as connections are.
    Close,
    /// It is reset: the other side learns that it is no more.
    Reset,
    /// It stays open, and nothing comes.
    Stall,
}

impl Act {
    pub(crate) fn new(bytes: impl Into<Vec<u8>>, then: Then) -> Self {
        Self {
            bytes: bytes.into(),
            megabytes: 0,
            then,
        }
    }

    /// A head of an answer and so many megabytes in chunks.
    pub(crate) fn flood(head: &str, megabytes: usize) -> Self {
        Self {
            megabytes,
            ..Self::new(head, Then::Close)
        }
    }

    /// A whole answer.
    pub(crate) fn ok(body: &str) -> Self {
        let length = body.len();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
        Self::new(
            format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}"),
            Then::Close,
        )
    }
}

/// Does its acts in turn, one a connection, the last again and again.
pub(crate) struct Wire {
    address: SocketAddr,
    record: Arc<Record>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Record {
    seen: Mutex<Vec<String>>,
    megabytes: AtomicUsize,
}

impl Wire {
    pub(crate) async fn playing(acts: impl IntoIterator<Item = Act>) -> Self {
        let acts: Vec<Act> = acts.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let record = Arc::<Record>::default();
        let recorded = Arc::clone(&record);
        let serving = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let recorded = Arc::clone(&recorded);
                let acts = acts.clone();
                connections.spawn(async move { play(stream, &acts, &recorded).await });
            }
        });
        Self {
            address,
            record,
            serving,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The requests as they came, in the order of their arrival.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.record.seen.lock().expect("no panic").clone()
    }

    /// How many whole megabytes of floods the system has taken.
    pub(crate) fn megabytes_written(&self) -> usize {
        self.record.megabytes.load(Ordering::Relaxed)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn play(mut stream: TcpStream, acts: &[Act], record: &Record) {
    // Connections are opened ahead of need, too.
    let Some(request) = request(&mut stream).await else {
        return;
    };
    let act = {
        let mut seen = record.seen.lock().expect("no panic");
        let act = acts.get(seen.len()).or(acts.last()).expect("an act");
        seen.push(request);
        act
    };
    // The client may have had enough before everything is written.
    let _ = stream.write_all(&act.bytes).await;
    for _ in 0..act.megabytes {
        let chunk = format!("100000\r\n{}\r\n", "x".repeat(1024 * 1024));
        if stream.write_all(chunk.as_bytes()).await.is_err() {
            return;
        }
        record.megabytes.fetch_add(1, Ordering::Relaxed);
    }
    match act.then {
        Then::Close => drop(stream.shutdown().await),
        Then::Reset => {
            // What was written arrives before the reset does.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            stream.set_zero_linger().expect("a socket");
        }
        Then::Stall => std::future::pending().await,
    }
}

/// Reads one request to its end.
async fn request(stream: &mut TcpStream) -> Option<String> {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream
            .read(&mut buffer)
            .await
            .ok()
            .filter(|read| *read > 0)?;
        text.push_str(&String::from_utf8_lossy(&buffer[..read]));
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(0, |(_, length)| length.parse().expect("a length"));
        if body.len() >= length {
            return Some(text);
        }
    }
}
