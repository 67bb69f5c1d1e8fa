//! [`Trail`]: links in the order they are followed, to whether they lead in a circle.

use reqwest::Url;

use super::{Error, UnfollowedLink};

/// The places asked so far, as much of them as finds a circle (R. P. Brent, 1980).
///
/// Three are kept however many there are: the first, where a service that lost its place starts
/// over; the last; and one that moves up to the present each time the number of steps has doubled.
/// A circle of any length meets the latter again.
#[derive(Default)]
pub(super) struct Trail {
    steps: usize,
    first: Option<Url>,
    last: Option<Url>,
    milestone: Option<Url>,
}

impl Trail {
    /// Goes on to a link.
    ///
    /// # Errors
    ///
    /// [`Error::RepeatedLink`] where the way has been before.
    pub(super) fn step(&mut self, link: &Url) -> Result<(), Error> {
        let known = [&self.first, &self.last, &self.milestone];
        if known.iter().any(|seen| seen.as_ref() == Some(link)) {
            let link = UnfollowedLink::unasked(link.clone());
            return Err(Error::RepeatedLink(Box::new(link)));
        }
        self.steps += 1;
        self.first.get_or_insert_with(|| link.clone());
        self.last = Some(link.clone());
        if self.steps.is_power_of_two() {
            self.milestone = Some(link.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(page: usize) -> Url {
        Url::parse(&format!("https://graph.microsoft.com/beta?page={page}")).expect("a URL")
    }

    #[test]
    fn circles_of_every_length_are_found_within_three_rounds() {
        for length in 1..40 {
            for lead in 0..20 {
                let mut trail = Trail::default();
                let page = |step| match step < lead {
                    true => step,
                    false => lead + (step - lead) % length,
                };
                let found = (0..).position(|step| trail.step(&link(page(step))).is_err());
                assert!(
                    found.is_some_and(|steps| steps <= 3 * (lead + length)),
                    "{lead} {length}"
                );
            }
        }
    }

    #[test]
    fn a_way_back_to_the_start_is_found_at_once() {
        for length in 1..40 {
            let mut trail = Trail::default();
            assert!((0..length).all(|page| trail.step(&link(page)).is_ok()));
            assert!(trail.step(&link(0)).is_err(), "{length}");
        }
    }

    #[test]
    fn a_straight_way_is_none() {
        let mut trail = Trail::default();
        assert!((0..1000).all(|page| trail.step(&link(page)).is_ok()));
    }
}
