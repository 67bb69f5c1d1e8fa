//! Tokens of a plain item to its text, without a parser: the members of structs, enums and
//! implementations come by the hundred thousand, and nearly all of them are lines that fit.
//!
//! What is printed here is what `prettyplease` would print, to the byte; where that is not certain
//! (a long line, a closure, a macro call, a nested list) the answer is none, and the caller asks
//! `prettyplease`. A debug build holds every text against it.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree, token_stream};

/// The longest line that `prettyplease` surely leaves in one piece.
const LIMIT: usize = 89;

/// The column at which a member begins, and how much further its own lines begin.
pub(super) const INDENT: usize = 4;

/// The lines of an item up to its brace, which stands on the last of them; none when they are not
/// plain.
pub(super) fn opening(attributes: &TokenStream, head: &TokenStream) -> Option<String> {
    let mut text = String::new();
    let mut tokens = attributes.clone().into_iter().peekable();
    write_attributes(&mut tokens, 0, &mut text)?;
    tokens.peek().is_none().then_some(())?;
    let mut line = Line::default();
    line.sequence(head.clone())?;
    push_line(&mut text, 0, &format!("{} {{", line.text))?;
    Some(text)
}

/// One line of tokens, such as a type; none when it is not plain.
pub(super) fn line(tokens: TokenStream) -> Option<String> {
    let mut line = Line::default();
    line.sequence(tokens)?;
    (line.text.len() <= LIMIT / 2).then_some(line.text)
}

/// The lines of a member of an item, four spaces in; none when it is not plain.
pub(super) fn member(tokens: TokenStream) -> Option<String> {
    let mut text = String::new();
    let mut tokens = tokens.into_iter().peekable();
    write_attributes(&mut tokens, INDENT, &mut text)?;
    let mut line = Line::default();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                // Behind the body of a function nothing may follow.
                tokens.peek().is_none().then_some(())?;
                push_line(&mut text, INDENT, &format!("{} {{", line.text))?;
                block(body.stream(), &mut text)?;
                push_line(&mut text, INDENT, "}")?;
                return Some(text);
            }
            other => line.push(other)?,
        }
    }
    push_line(&mut text, INDENT, &line.text)?;
    Some(text)
}

/// Writes the attributes in front, documentation as the lines that it is.
fn write_attributes(
    tokens: &mut Peekable<token_stream::IntoIter>,
    indent: usize,
    text: &mut String,
) -> Option<()> {
    while matches!(tokens.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == '#') {
        tokens.next();
        let Some(TokenTree::Group(group)) = tokens.next() else {
            return None;
        };
        if is_documentation(&group) {
            let doc = documentation(&group)?;
            let line = format!("{:indent$}///{doc}", "");
            text.push_str(line.trim_end_matches(' '));
            text.push('\n');
        } else {
            let mut line = Line::default();
            line.sequence(group.stream())?;
            push_line(text, indent, &format!("#[{}]", line.text))?;
        }
    }
    Some(())
}

fn is_documentation(attribute: &Group) -> bool {
    let first = attribute.stream().into_iter().next();
    matches!(first, Some(TokenTree::Ident(name)) if name == "doc")
}

/// The text in `[doc = "…"]`; none where it is no text for a line.
fn documentation(attribute: &Group) -> Option<String> {
    let mut tokens = attribute.stream().into_iter().skip(2);
    let Some(TokenTree::Literal(literal)) = tokens.next() else {
        return None;
    };
    let literal = literal.to_string();
    let literal = literal.strip_suffix('"')?;
    // `quote!` makes raw texts of the documentation in it.
    let text = match literal.strip_prefix("r\"") {
        Some(raw) => raw.to_owned(),
        None => unescape(literal.strip_prefix('"')?)?,
    };
    (!text.starts_with('/') && !text.contains('\n')).then_some(text)
}

/// The text of a literal between its quotes; none when it has an escape that a line of
/// documentation can't have had.
fn unescape(text: &str) -> Option<String> {
    if !text.contains('\\') {
        return Some(text.to_owned());
    }
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => plain.push(
                signs
                    .next()
                    .filter(|next| matches!(next, '"' | '\'' | '\\'))?,
            ),
            other => plain.push(other),
        }
    }
    Some(plain)
}

/// Writes the statements of a function, each a line.
fn block(body: TokenStream, text: &mut String) -> Option<()> {
    (!body.is_empty()).then_some(())?;
    let mut line = Line::default();
    for token in body {
        let ends = matches!(&token, TokenTree::Punct(sign) if sign.as_char() == ';');
        line.push(token)?;
        if ends {
            push_line(text, 2 * INDENT, &line.text)?;
            line = Line::default();
        }
    }
    if !line.text.is_empty() {
        push_line(text, 2 * INDENT, &line.text)?;
    }
    Some(())
}

fn push_line(text: &mut String, indent: usize, line: &str) -> Option<()> {
    (indent + line.len() <= LIMIT).then_some(())?;
    text.extend(std::iter::repeat_n(' ', indent));
    text.push_str(line);
    text.push('\n');
    Some(())
}

/// What stood last on a line, as far as the next token wants to know.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Last {
    /// Nothing: the line begins, or a bracket has just been opened.
    #[default]
    Open,
    /// A word, a literal or a closed bracket.
    Word,
    /// A word of the language that is no part of a path: `mut`, `impl`, `let`.
    Keyword,
    /// A sign that the next token joins: `&`, `.`, `::`, `<`, the mark of a lifetime.
    Tight,
    /// A sign that a space follows: `,`, `=`, `->`.
    Loose,
}

/// A line while it is written.
#[derive(Default)]
struct Line {
    text: String,
    last: Last,
    /// The sign that the last token was, if it was one, and whether the next one may be its end.
    sign: Option<(char, Spacing)>,
}

/// The words of the language that stand in plain items.
const KEYWORDS: [&str; 8] = ["const", "fn", "for", "impl", "in", "let", "mut", "pub"];

impl Line {
    fn sequence(&mut self, tokens: TokenStream) -> Option<()> {
        tokens.into_iter().try_for_each(|token| self.push(token))
    }

    fn push(&mut self, token: TokenTree) -> Option<()> {
        match token {
            TokenTree::Ident(word) => self.word(&word.to_string()),
            TokenTree::Literal(literal) => self.word(&literal.to_string()),
            TokenTree::Group(group) => self.group(&group)?,
            TokenTree::Punct(sign) => self.sign(sign.as_char(), sign.spacing())?,
        }
        // A line that is too long is of no use, so it is not written to its end.
        (self.text.len() <= 4 * LIMIT).then_some(())
    }

    fn word(&mut self, word: &str) {
        if matches!(self.last, Last::Word | Last::Keyword | Last::Loose) {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.last = match KEYWORDS.contains(&word) {
            true => Last::Keyword,
            false => Last::Word,
        };
        self.sign = None;
    }

    fn group(&mut self, group: &Group) -> Option<()> {
        match group.delimiter() {
            Delimiter::Parenthesis => self.parenthesis(group),
            Delimiter::Brace => self.brace(group),
            Delimiter::None | Delimiter::Bracket => None,
        }
    }

    fn parenthesis(&mut self, group: &Group) -> Option<()> {
        let spaced = match self.last {
            Last::Loose => true,
            // Only a visibility has a keyword before its bracket: `pub(in path)`.
            Last::Keyword => !self.text.ends_with("pub"),
            Last::Open | Last::Word | Last::Tight => false,
        };
        self.text.push_str(if spaced { " (" } else { "(" });
        self.last = Last::Open;
        self.sign = None;
        self.sequence(group.stream())?;
        if let Some((',', _)) = self.sign {
            self.text.pop();
        }
        self.text.push(')');
        self.last = Last::Word;
        self.sign = None;
        Some(())
    }

    /// A struct that is made of one variable.
    fn brace(&mut self, group: &Group) -> Option<()> {
        let mut tokens = group.stream().into_iter();
        let (Some(TokenTree::Ident(field)), None) = (tokens.next(), tokens.next()) else {
            return None;
        };
        self.text.extend([" { ", &field.to_string(), " }"]);
        self.last = Last::Word;
        self.sign = None;
        Some(())
    }

    fn sign(&mut self, sign: char, spacing: Spacing) -> Option<()> {
        match (self.sign, sign) {
            (Some(('-', Spacing::Joint)), '>') => self.complete("->", Last::Loose),
            (Some((':', Spacing::Joint)), ':') => self.complete("::", Last::Tight),
            (_, ':') if spacing == Spacing::Joint => {
                // The path of another crate begins with its sign.
                if matches!(self.last, Last::Keyword | Last::Loose) {
                    self.text.push(' ');
                }
                self.append(sign, Last::Loose);
            }
            (_, ',' | ';' | ':') => self.append(sign, Last::Loose),
            (_, '.' | '<') => self.append(sign, Last::Tight),
            (_, '>') => self.append(sign, Last::Word),
            (_, '&' | '\'') => {
                if matches!(self.last, Last::Word | Last::Keyword | Last::Loose) {
                    self.text.push(' ');
                }
                self.append(sign, Last::Tight);
            }
            (_, '=') if spacing == Spacing::Alone => self.spaced(sign),
            (_, '-') if spacing == Spacing::Joint => self.spaced(sign),
            _ => return None,
        }
        self.sign = Some((sign, spacing));
        Some(())
    }

    fn spaced(&mut self, sign: char) {
        self.text.push(' ');
        self.append(sign, Last::Loose);
    }

    fn append(&mut self, sign: char, last: Last) {
        self.text.push(sign);
        self.last = last;
    }

    /// Puts a sign of two characters in the place of its first.
    fn complete(&mut self, sign: &str, last: Last) {
        self.text.pop();
        self.text.push_str(sign);
        self.last = last;
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn plain_members_are_lines() {
        let setter = quote! {
            /// Sets `a`.
            #[must_use]
            pub fn a(mut self, a: impl Into<Patch<String>>,) -> Self {
                self.a = a.into().map(Box::new);
                self
            }
        };
        let expected = "    /// Sets `a`.\n    #[must_use]\n    \
                        pub fn a(mut self, a: impl Into<Patch<String>>) -> Self {\n        \
                        self.a = a.into().map(Box::new);\n        self\n    }\n";
        assert_eq!(member(setter).as_deref(), Some(expected));
        let constant = quote!(
            pub const A: &'static str = "b \" c";
        );
        let expected = "    pub const A: &'static str = \"b \\\" c\";\n";
        assert_eq!(member(constant).as_deref(), Some(expected));
        let new = quote!(
            pub(in crate::client) fn new(r: Resource) -> Self {
                Self { r }
            }
        );
        let expected = "    pub(in crate::client) fn new(r: Resource) -> Self {\n        \
                        Self { r }\n    }\n";
        assert_eq!(member(new).as_deref(), Some(expected));
        let path = quote!(pub a: ::std::vec::Vec<&'static str>,);
        let expected = "    pub a: ::std::vec::Vec<&'static str>,\n";
        assert_eq!(member(path).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_not_plain_is_left_to_others() {
        let long = "x".repeat(LIMIT);
        for tokens in [
            quote!(pub const A: &'static str = #long;),
            quote!(
                pub fn a(self) -> Vec<u8> {
                    self.map(|a| a)
                }
            ),
            quote!(
                pub const A: &'static [u8] = &[1];
            ),
            quote!(
                pub fn a(self) -> A {
                    A { b: 1 }
                }
            ),
            quote!(
                pub fn a(self) {}
            ),
            quote!(#[doc = "one\ntwo"] a: u8,),
            quote!(#[doc = "/// four"] a: u8,),
        ] {
            assert_eq!(member(tokens.clone()), None, "{tokens}");
        }
    }
}
