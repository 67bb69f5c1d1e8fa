//! The end-to-end tests, in one binary so that they link once.

mod cases;
mod client;
mod consumer;
mod corpus;
mod drift;
mod examples;
mod failures;
mod folders;
mod model;
mod operations;
mod sample;
mod selection;
mod silence;
