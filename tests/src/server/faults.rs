//! What goes wrong with requests because a test wants it to.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;

use super::answer::Refusal;
use super::store::Store;

/// When a request is held.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Moment {
    /// Before anything is done: it never will be.
    Before,
    /// When it is done, and its sender does not know.
    After,
}

/// The faults to come, each of which strikes once unless it says otherwise.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// How many requests on a task are still to be throttled.
    throttled: BTreeMap<String, u32>,
    /// The tasks that somebody else changes when they are updated.
    interfered: BTreeSet<String>,
    /// The tasks of which an answer gets lost.
    lost: BTreeSet<String>,
    held: Option<(usize, Moment)>,
}

impl Faults {
    pub(super) fn throttle(&mut self, id: &str, requests: u32) {
        self.throttled.insert(id.to_owned(), requests);
    }

    pub(super) fn interfere(&mut self, id: &str) {
        self.interfered.insert(id.to_owned());
    }

    pub(super) fn lose_answer(&mut self, id: &str) {
        self.lost.insert(id.to_owned());
    }

    pub(super) fn hold(&mut self, number: usize, moment: Moment) {
        self.held = Some((number, moment));
    }

    /// What happens to a request on a task before it is carried out.
    pub(super) fn strike(
        &mut self,
        id: &str,
        method: &Method,
        store: &mut Store,
    ) -> Result<(), Refusal> {
        if let Some(left) = self.throttled.get_mut(id).filter(|left| **left > 0) {
            *left -= 1;
            return Err(Refusal::throttled());
        }
        if method == Method::PATCH && self.interfered.remove(id) {
            store.change(id, serde_json::json!({}));
        }
        Ok(())
    }

    /// Whether the answer to a request gets lost.
    pub(super) fn loses_answer(&mut self, path: &str) -> bool {
        let id = self.lost.iter().find(|id| path.contains(id.as_str()));
        match id.cloned() {
            Some(id) => self.lost.remove(&id),
            None => false,
        }
    }

    /// Whether the request of that number is to be held at that moment.
    pub(super) fn holds(&mut self, number: usize, moment: Moment) -> bool {
        let holds = self.held == Some((number, moment));
        if holds {
            self.held = None;
        }
        holds
    }
}
