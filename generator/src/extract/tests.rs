//! What whole pages say: a page for each form that matters, and the real pages.

mod answers;
mod corpus;
mod examples;
mod pages;
mod phrase_tables;
mod resources;
