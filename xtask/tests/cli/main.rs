//! The program as people call it: what it prints where, its exit codes, and what it does to files.

mod codegen;
mod export;
mod lint;
mod output;
mod place;
mod progress;
mod record;
mod usage;
mod verify;
