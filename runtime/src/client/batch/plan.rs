//! Which requests go into the next post: what has become of each so far in, up to twenty out.

use super::MAX_PARTS;

/// How far a request has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum State {
    /// It is to be sent.
    Waiting,
    /// It is to be sent again, when the others have been.
    Deferred,
    /// It was carried out.
    Succeeded,
    /// It was not, and will not be sent again.
    Failed,
}

/// Requests by index, each with the indexes of the earlier ones that it depends on.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    dependencies: Vec<Vec<usize>>,
    /// For each request the first one of those that hang together with it.
    groups: Vec<usize>,
    pub(super) states: Vec<State>,
}

impl Plan {
    /// A plan in which nothing has been sent.
    pub(super) fn new(dependencies: Vec<Vec<usize>>) -> Self {
        Self {
            groups: groups(&dependencies),
            states: vec![State::Waiting; dependencies.len()],
            dependencies,
        }
    }

    /// The requests of the next post, in their order; none when nothing can be sent now.
    ///
    /// A request is sent when all it depends on have succeeded or go along with it. Requests that
    /// hang together go into one post if that can hold them at all; a post that has room left takes
    /// others in their stead.
    pub(super) fn next_post(&self) -> Vec<usize> {
        let mut post = Vec::new();
        let mut seen = Vec::new();
        for &group in &self.groups {
            if seen.contains(&group) || post.len() == MAX_PARTS {
                continue;
            }
            seen.push(group);
            let members = self.sendable(group);
            let room = MAX_PARTS - post.len();
            if members.len() <= room || post.is_empty() {
                post.extend(members.into_iter().take(room));
            }
        }
        post.sort_unstable();
        post
    }

    /// What a request still depends on, within the post that it goes with.
    pub(super) fn open_dependencies<'a>(
        &'a self,
        index: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let dependencies = self.dependencies.get(index).into_iter().flatten();
        dependencies
            .copied()
            .filter(|earlier| self.state(*earlier) != State::Succeeded)
    }

    /// The first request that is waiting, with one it depends on that has failed for good.
    pub(super) fn next_failed_dependency(&self) -> Option<(usize, usize)> {
        let mut waiting = self.all(State::Waiting);
        waiting.find_map(|index| {
            let mut open = self.open_dependencies(index);
            let failed = open.find(|earlier| self.state(*earlier) == State::Failed)?;
            Some((index, failed))
        })
    }

    /// Whether anything that a request depends on, at whatever distance, is to be sent again.
    pub(super) fn depends_on_deferred(&self, index: usize) -> bool {
        self.open_dependencies(index).any(|earlier| {
            self.state(earlier) == State::Deferred || self.depends_on_deferred(earlier)
        })
    }

    /// Lets what was to be sent again be sent. False when there is nothing.
    pub(super) fn resume(&mut self) -> bool {
        let mut any = false;
        for state in &mut self.states {
            if *state == State::Deferred {
                *state = State::Waiting;
                any = true;
            }
        }
        any
    }

    fn all(&self, wanted: State) -> impl Iterator<Item = usize> + '_ {
        let states = self.states.iter().enumerate();
        states.filter_map(move |(index, state)| (*state == wanted).then_some(index))
    }

    /// The members of a group that can be sent, in an order in which each comes after what it
    /// depends on.
    fn sendable(&self, group: usize) -> Vec<usize> {
        let mut members = Vec::new();
        for index in self.all(State::Waiting) {
            let of_group = self.groups.get(index) == Some(&group);
            let ready = |earlier| members.contains(&earlier);
            if of_group && self.open_dependencies(index).all(ready) {
                members.push(index);
            }
        }
        members
    }

    fn state(&self, index: usize) -> State {
        self.states.get(index).copied().unwrap_or(State::Failed)
    }
}

/// For each request the first one of those that hang together with it, by whatever way.
fn groups(dependencies: &[Vec<usize>]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..dependencies.len()).collect();
    for (index, earlier) in dependencies.iter().enumerate() {
        let mut joined: Vec<usize> = earlier
            .iter()
            .filter_map(|other| groups.get(*other).copied())
            .collect();
        joined.push(index);
        let first = joined.iter().copied().min().unwrap_or(index);
        for group in groups.iter_mut().filter(|group| joined.contains(group)) {
            *group = first;
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends everything, all of it with success, and gives the posts.
    fn posts(mut plan: Plan) -> Vec<Vec<usize>> {
        let mut posts = Vec::new();
        loop {
            let post = plan.next_post();
            if post.is_empty() {
                assert!(plan.states.iter().all(|state| *state == State::Succeeded));
                return posts;
            }
            for index in &post {
                plan.states[*index] = State::Succeeded;
            }
            posts.push(post);
        }
    }

    fn independent(count: usize) -> Vec<Vec<usize>> {
        vec![Vec::new(); count]
    }

    fn chain(count: usize) -> Vec<Vec<usize>> {
        (0..count)
            .map(|index| index.checked_sub(1).into_iter().collect())
            .collect()
    }

    #[test]
    fn twenty_at_a_time() {
        let table = [
            (0, vec![]),
            (1, vec![1]),
            (20, vec![20]),
            (21, vec![20, 1]),
            (45, vec![20, 20, 5]),
        ];
        for (count, sizes) in table {
            for dependencies in [independent(count), chain(count)] {
                let posts = posts(Plan::new(dependencies));
                let all: Vec<usize> = posts.concat();
                assert_eq!(all, (0..count).collect::<Vec<_>>());
                assert_eq!(posts.iter().map(Vec::len).collect::<Vec<_>>(), sizes);
            }
        }
    }

    #[test]
    fn what_hangs_together_stays_together() {
        // 19 by themselves, two that hang together, and two more.
        let mut dependencies = independent(23);
        dependencies[20] = vec![19];
        let posts = posts(Plan::new(dependencies));
        assert_eq!(posts[0], (0..19).chain([21]).collect::<Vec<_>>());
        assert_eq!(posts[1], [19, 20, 22]);
        let groups = groups(&[vec![], vec![], vec![1], vec![0, 2], vec![]]);
        assert_eq!(groups, [0, 0, 0, 0, 4]);
    }

    #[test]
    fn no_request_is_sent_before_what_it_depends_on() {
        // Each depends on two others, a way that no single post can hold.
        let dependencies: Vec<Vec<usize>> = (0..70_usize)
            .map(|index| {
                [index / 2, index / 3]
                    .into_iter()
                    .filter(|other| *other < index)
                    .collect()
            })
            .collect();
        let posts = posts(Plan::new(dependencies.clone()));
        let place = |index: usize| {
            posts
                .iter()
                .position(|post| post.contains(&index))
                .expect("sent")
        };
        for (index, earlier) in dependencies.iter().enumerate() {
            assert!(
                earlier.iter().all(|other| place(*other) <= place(index)),
                "{index}"
            );
        }
        assert!(posts.iter().all(|post| post.len() <= MAX_PARTS));
        assert_eq!(posts.concat().len(), 70);
    }

    #[test]
    fn failures_and_what_is_sent_again_hold_others_up() {
        let mut plan = Plan::new(vec![vec![], vec![0], vec![1], vec![]]);
        plan.states[0] = State::Deferred;
        assert_eq!(plan.next_post(), [3]);
        assert!(plan.depends_on_deferred(2) && !plan.depends_on_deferred(3));
        assert_eq!(plan.next_failed_dependency(), None);
        assert!(plan.resume() && !plan.resume());
        assert_eq!(plan.next_post(), [0, 1, 2, 3]);
        plan.states[0] = State::Failed;
        assert_eq!(plan.next_post(), [3]);
        assert_eq!(plan.next_failed_dependency(), Some((1, 0)));
    }
}
