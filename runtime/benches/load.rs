//! Requests through the client against the same requests through the transport below it, in figures.
//!
//! `cargo bench --package graph-runtime --bench load` starts a server on loopback and sends it
//! 10,000 requests at a concurrency of 64, once through a [`Client`] and once through bare `reqwest`
//! that makes the same exchange: a token, a JSON answer, read. The two take turns, a thousand requests
//! each, since seconds say more about the machine and its neighbours than about the program.

use std::error::Error;
use std::future::Future;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use graph_runtime::{AccessToken, Client, Json, Operation, Permissions, StaticToken, Timestamp};
use jiff::SignedDuration;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

/// How many requests each side sends in a round.
const REQUESTS: usize = 10_000;

/// How many of them one side sends before it is the other's turn.
const TURN: usize = 1_000;

/// How many of them are on their way at a time.
const CONCURRENCY: usize = 64;

/// How many rounds each side has, behind one to get warm in.
const ROUNDS: usize = 7;

const LIST: Operation = Operation {
    name: "List tasks",
    method: "GET",
    path_templates: &["/tasks"],
    permissions: Permissions {
        delegated_work: None,
        delegated_personal: None,
        application: None,
    },
    errors: &[],
    documentation: None,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    if cfg!(debug_assertions) {
        writeln!(out, "a debug build says nothing about speed: `cargo bench`")?;
        return Ok(());
    }
    let endpoint = serve()?;
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(&endpoint, &mut out))
}

async fn measure(endpoint: &str, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let bare = transport()?;
    // As those that identity providers give, it says when it expires, and is kept until then.
    let expires_on = Timestamp::now().checked_add(SignedDuration::from_hours(1))?;
    let token = AccessToken::new("token").with_expiry(expires_on);
    let client = Client::builder(StaticToken::from(token))
        .endpoint(endpoint)
        .http_client(transport()?)
        .build()?;
    let url = format!("{endpoint}/tasks");
    let mut rounds = Vec::new();
    let mut memory = Vec::new();
    for _ in 0..=ROUNDS {
        let mut sides = [Spent::default(), Spent::default()];
        for turn in 0..REQUESTS / TURN {
            // Who comes second finds the machine as the other has left it: they change places.
            for side in [turn % 2, (turn + 1) % 2] {
                let before = Spent::so_far();
                match side {
                    0 => send(|| by_transport(bare.clone(), url.clone())).await,
                    _ => send(|| by_client(client.clone())).await,
                }
                sides[side].add(Spent::so_far(), before);
            }
        }
        rounds.push(sides);
        memory.push(resident());
    }
    // The first round opens the connections.
    print(&rounds[1..], out)?;
    if let (Some(Some(first)), Some(Some(last))) = (memory.first(), memory.last()) {
        writeln!(
            out,
            "resident after the first round: {first} KiB, after the last: {last} KiB"
        )?;
    }
    Ok(())
}

fn print(rounds: &[[Spent; 2]], out: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        out,
        "| round | bare reqwest | client | throughput |\n|---|---|---|---|"
    )?;
    let mut ratios = Vec::new();
    let mut work = [0; 2];
    for (number, [bare, client]) in rounds.iter().enumerate() {
        let ratio = bare.time.as_secs_f64() / client.time.as_secs_f64();
        let number = number + 1;
        writeln!(
            out,
            "| {number} | {} | {} | {ratio:.3} |",
            rate(bare.time),
            rate(client.time)
        )?;
        ratios.push(ratio);
        work[0] += bare.ticks;
        work[1] += client.ticks;
    }
    ratios.sort_by(f64::total_cmp);
    writeln!(
        out,
        "\nmedian of the ratios: {:.3}",
        ratios[ratios.len() / 2]
    )?;
    if work[1] > 0 {
        // The work of the server is in both.
        let ratio = work[0] as f64 / work[1] as f64;
        writeln!(
            out,
            "processor time, both ends: {ratio:.3} of the client's for bare reqwest"
        )?;
    }
    Ok(())
}

/// What something took: time on the clock, and of all processors.
#[derive(Clone, Copy, Default)]
struct Spent {
    time: Duration,
    ticks: u64,
}

impl Spent {
    fn so_far() -> Self {
        static START: OnceLock<Instant> = OnceLock::new();
        Self {
            time: START.get_or_init(Instant::now).elapsed(),
            ticks: ticks().unwrap_or(0),
        }
    }

    fn add(&mut self, after: Self, before: Self) {
        self.time += after.time - before.time;
        self.ticks += after.ticks - before.ticks;
    }
}

/// How much of the processors this process has had, in the system's ticks, where the system tells.
fn ticks() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

/// One turn: requests none of which may fail.
async fn send<F>(request: impl Fn() -> F)
where
    F: Future<Output = Result<Value, Box<dyn Error + Send + Sync>>> + Send + 'static,
{
    let begun = Arc::new(AtomicUsize::new(0));
    let mut workers = JoinSet::new();
    let queues: Vec<Vec<F>> = (0..CONCURRENCY)
        .map(|worker| {
            (worker..TURN)
                .step_by(CONCURRENCY)
                .map(|_| request())
                .collect()
        })
        .collect();
    for queue in queues {
        let begun = Arc::clone(&begun);
        workers.spawn(async move {
            for request in queue {
                let answer = request.await.expect("an answer");
                assert!(answer["value"].is_array());
                begun.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    while let Some(done) = workers.join_next().await {
        done.expect("no panic");
    }
    assert_eq!(begun.load(Ordering::Relaxed), TURN);
}

async fn by_client(client: Client) -> Result<Value, Box<dyn Error + Send + Sync>> {
    let place = client.root().segment("tasks");
    Ok(place.undocumented::<Json<Value>>(&LIST).await?)
}

async fn by_transport(
    transport: reqwest::Client,
    url: String,
) -> Result<Value, Box<dyn Error + Send + Sync>> {
    let request = transport
        .get(url)
        .header("authorization", "Bearer token")
        .header("accept", "application/json")
        .header("user-agent", "bare")
        .header("prefer", "include-unknown-enum-members")
        .header("client-request-id", "00000000-0000-0000-0000-000000000000");
    let answer = request.send().await?.error_for_status()?;
    Ok(serde_json::from_slice(&answer.bytes().await?)?)
}

fn transport() -> reqwest::Result<reqwest::Client> {
    // An error means that there is a provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .tls_certs_only([])
        .build()
}

/// Starts the server on a thread of its own and gives the address of its API.
fn serve() -> Result<String, Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let endpoint = format!("http://{}/beta", listener.local_addr()?);
    let item = r#"{"id":"44","displayName":"Isolate the device","status":"inProgress","source":"microsoft"}"#;
    let body = format!(r#"{{"value":[{}]}}"#, [item; 20].join(","));
    let answer = move || async move { ([("content-type", "application/json")], body.clone()) };
    let router = Router::new().route("/beta/tasks", get(answer));
    std::thread::spawn(move || {
        runtime.block_on(async {
            axum::serve(listener, router).await.expect("a server");
        });
    });
    Ok(endpoint)
}

fn rate(took: Duration) -> String {
    format!("{:.0}/s", REQUESTS as f64 / took.as_secs_f64())
}

/// How much memory the process has, in KiB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
