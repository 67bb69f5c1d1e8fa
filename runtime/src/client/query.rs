//! The query of a request: options by name in, `name=value&…` out.

use std::fmt;

use percent_encoding::percent_decode_str;

use super::encode;

/// Options in the order in which they were first set, each once, but for those that came as text.
#[derive(Clone, Default)]
pub(super) struct Query {
    options: Vec<QueryOption>,
}

/// One option as it goes into the URL.
#[derive(Clone)]
struct QueryOption {
    /// Its name, decoded.
    name: String,
    /// `name=value`, encoded.
    text: String,
}

impl Query {
    /// Takes a query apart that is encoded already. Written again it is the same text.
    pub(super) fn parse(text: &str) -> Self {
        let options = text.split('&').map(|text| QueryOption {
            name: decoded(text.split_once('=').map_or(text, |(name, _)| name)),
            text: text.to_owned(),
        });
        Self {
            options: options.collect(),
        }
    }

    /// Sets an option in place of all of its name.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let text = format!("{}={}", encode::name(name), encode::value(value));
        let Some(index) = self.options.iter().position(|option| option.name == name) else {
            let name = name.to_owned();
            return self.options.push(QueryOption { name, text });
        };
        let mut seen = 0;
        self.options.retain(|option| {
            seen += 1;
            option.name != name || seen == index + 1
        });
        self.options[index].text = text;
    }

    /// Adds to the list that is the value of an option.
    pub(super) fn extend(&mut self, name: &str, value: &str) {
        match self.options.iter_mut().find(|option| option.name == name) {
            Some(option) => option
                .text
                .push_str(&format!("%2C{}", encode::value(value))),
            None => self.set(name, value),
        }
    }
}

// Text with the question mark that goes before it; nothing when there are no options.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, option) in self.options.iter().enumerate() {
            f.write_str(if index == 0 { "?" } else { "&" })?;
            f.write_str(&option.text)?;
        }
        Ok(())
    }
}

// Values may be secret where they come out of a link; the names show what was asked.
impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.options.iter().map(|option| &option.name);
        f.debug_list().entries(names).finish()
    }
}

/// The text of a name, as far as it is UTF-8.
fn decoded(name: &str) -> String {
    percent_decode_str(name).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_as_text_stays_as_it_is() {
        for text in ["a=1", "a", "a=1&&b", "%24top=5&a=+&a=%20'", "="] {
            assert_eq!(Query::parse(text).to_string(), format!("?{text}"));
        }
        assert_eq!(Query::default().to_string(), "");
    }

    #[test]
    fn options_are_set_once_and_lists_grow() {
        let mut query = Query::parse("%24top=5&a=1&a=2&%24select=id");
        query.set("$top", "7");
        query.set("a", "3");
        query.set("b", "x y");
        query.extend("$select", "name,type");
        query.extend("$orderby", "name desc");
        query.extend("$orderby", "id");
        let expected = "?$top=7&a=3&%24select=id%2Cname%2Ctype&b=x%20y&$orderby=name%20desc%2Cid";
        assert_eq!(query.to_string(), expected);
    }
}
