//! Which properties close a circle, so that they have to be boxed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::resolve::Index;

/// The strongly connected components of "a value of this type holds a value of that type in place".
#[derive(Debug, Default)]
pub(super) struct Recursion {
    /// By the holder, what it holds.
    circles: HashMap<String, BTreeSet<String>>,
}

impl Recursion {
    /// Follows the properties of all types that are structs in the output.
    pub(super) fn of(index: &Index<'_>) -> Self {
        let types: Vec<_> = index.structured_types().collect();
        let edges = types.into_par_iter();
        let edges: BTreeMap<&str, Vec<&str>> = edges
            .map(|t| (t.name.as_str(), held(index, &t.name)))
            .collect();
        let component = components(&edges);
        let mut circles: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (from, targets) in &edges {
            for to in targets {
                if component.get(from) == component.get(to) {
                    let held = circles.entry((*from).to_owned()).or_default();
                    held.insert((*to).to_owned());
                }
            }
        }
        Self { circles }
    }

    /// Whether `holder` has to box a value of `held`.
    pub(super) fn is_circular(&self, holder: &str, held: &str) -> bool {
        let circle = self.circles.get(holder);
        circle.is_some_and(|circle| circle.contains(held))
    }
}

/// The types whose values a struct holds in place. A hierarchy boxes its variants, a collection is
/// on the heap: neither counts.
fn held<'i>(index: &Index<'i>, name: &str) -> Vec<&'i str> {
    let types = index
        .properties(name)
        .into_iter()
        .map(|p| p.declaration.type_ref());
    types
        .filter(|t| !t.is_collection && !index.is_polymorphic(&t.name))
        .filter_map(|t| index.structured(&t.name))
        .map(|t| t.name.as_str())
        .collect()
}

/// Tarjan's algorithm, without recursion: documents decide how deep the graph is.
fn components<'n>(edges: &BTreeMap<&'n str, Vec<&'n str>>) -> HashMap<&'n str, usize> {
    let mut search = Search::default();
    for name in edges.keys() {
        if !search.index.contains_key(name) {
            search.visit(name, edges);
        }
    }
    search.component
}

#[derive(Default)]
struct Search<'n> {
    index: HashMap<&'n str, usize>,
    low: HashMap<&'n str, usize>,
    stack: Vec<&'n str>,
    component: HashMap<&'n str, usize>,
    found: usize,
}

impl<'n> Search<'n> {
    fn visit(&mut self, start: &'n str, edges: &BTreeMap<&'n str, Vec<&'n str>>) {
        let mut path = vec![(start, 0)];
        self.enter(start);
        while let Some((name, next)) = path.pop() {
            let target = edges
                .get(name)
                .and_then(|targets| targets.get(next))
                .copied();
            match target {
                Some(target) => {
                    path.push((name, next + 1));
                    if !self.index.contains_key(target) {
                        self.enter(target);
                        path.push((target, 0));
                    } else if !self.component.contains_key(target) {
                        self.lower(name, self.index[target]);
                    }
                }
                None => {
                    self.leave(name);
                    if let Some((parent, _)) = path.last() {
                        self.lower(parent, self.low[name]);
                    }
                }
            }
        }
    }

    fn enter(&mut self, name: &'n str) {
        let number = self.index.len();
        self.index.insert(name, number);
        self.low.insert(name, number);
        self.stack.push(name);
    }

    fn lower(&mut self, name: &'n str, bound: usize) {
        self.low
            .entry(name)
            .and_modify(|low| *low = bound.min(*low));
    }

    /// Closes the component that `name` is the root of, if it is one.
    fn leave(&mut self, name: &'n str) {
        if self.low[name] != self.index[name] {
            return;
        }
        while let Some(member) = self.stack.pop() {
            self.component.insert(member, self.found);
            if member == name {
                break;
            }
        }
        self.found += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_components() {
        let edges = BTreeMap::from([
            ("a", vec!["b", "d"]),
            ("b", vec!["c"]),
            ("c", vec!["a"]),
            ("d", vec!["d"]),
            ("e", vec!["a"]),
        ]);
        let found = components(&edges);
        assert_eq!(found["a"], found["b"]);
        assert_eq!(found["b"], found["c"]);
        assert_ne!(found["a"], found["d"]);
        assert_ne!(found["e"], found["a"]);
    }
}
