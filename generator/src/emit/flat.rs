//! Tokens of a plain item to its text, without a parser: the members of structs, enums and
//! implementations come by the hundred thousand, and nearly all of them are lines that fit.
//!
//! What is printed here is what `prettyplease` would print, to the byte; where that is not certain
//! (a long line that is no signature, no call and no text, a closure, a macro call, a nested list) the answer
//! is none, and the caller asks `prettyplease`. A debug build holds every text against it.

mod line;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use line::Line;

/// The longest line that `prettyplease` surely leaves in one piece.
const LIMIT: usize = 89;

/// The column at which a member begins, and how much further its own lines begin.
pub(super) const INDENT: usize = 4;

/// The lines of an item up to its brace, which stands on the last of them; none when they are not
/// plain.
pub(super) fn opening(attributes: &TokenStream, head: &TokenStream) -> Option<String> {
    let mut text = String::new();
    let attributes: Vec<TokenTree> = attributes.clone().into_iter().collect();
    let rest = write_attributes(&attributes, 0, &mut text)?;
    rest.is_empty().then_some(())?;
    let mut line = Line::default();
    line.sequence(head.clone())?;
    push_line(&mut text, 0, &format!("{} {{", line.text))?;
    Some(text)
}

/// The line of an item that has nothing in its braces; none when it is not plain.
pub(super) fn empty_item(tokens: &[TokenTree]) -> Option<String> {
    let mut text = String::new();
    let (TokenTree::Group(body), head) = tokens.split_last()? else {
        return None;
    };
    (body.delimiter() == Delimiter::Brace && body.stream().is_empty()).then_some(())?;
    let mut line = Line::default();
    line.sequence(head)?;
    push_line(&mut text, 0, &format!("{} {{}}", line.text))?;
    Some(text)
}

/// One line of tokens that stands behind `before` where it is held against `prettyplease`; none when
/// it is not plain.
pub(super) fn line(before: &str, tokens: TokenStream) -> Option<String> {
    let mut line = Line::default();
    line.sequence(tokens)?;
    // A semicolon follows.
    fits(before.len() + 1, &line.text).then_some(line.text)
}

/// The lines of a member of an item, four spaces in; none when it is not plain.
pub(super) fn member(tokens: &[TokenTree]) -> Option<String> {
    let mut text = String::new();
    let tokens = write_attributes(tokens, INDENT, &mut text)?;
    match tokens.split_last() {
        Some((TokenTree::Group(body), head)) if body.delimiter() == Delimiter::Brace => {
            signature(head, &mut text)?;
            block(body.stream(), &mut text)?;
            push_line(&mut text, INDENT, "}")?;
        }
        _ => {
            let mut line = Line::default();
            line.sequence(tokens)?;
            match is_text(tokens) {
                true => write_line(&mut text, INDENT, &line.text),
                false => push_line(&mut text, INDENT, &line.text)?,
            }
        }
    }
    Some(text)
}

/// Whether this is a constant that is one text. There is no place in it where a line could end,
/// however long it is.
fn is_text(tokens: &[TokenTree]) -> bool {
    let is_word = |token: &TokenTree, text| matches!(token, TokenTree::Ident(word) if word == text);
    let ends = matches!(tokens, [.., str, TokenTree::Punct(sign), TokenTree::Literal(_), _]
        if is_word(str, "str") && sign.as_char() == '=');
    ends && tokens.iter().any(|token| is_word(token, "const"))
}

/// Writes a function up to its brace: on one line or, where that is too long, each parameter on one
/// of its own.
fn signature(tokens: &[TokenTree], text: &mut String) -> Option<()> {
    let mut whole = Line::default();
    whole.sequence(tokens)?;
    whole.text.push_str(" {");
    if fits(INDENT, &whole.text) {
        return push_line(text, INDENT, &whole.text);
    }
    let is_name = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "fn");
    let name = tokens.iter().position(is_name)? + 1;
    let (before, rest) = tokens.split_at_checked(name + 1)?;
    let (parameters, behind) = rest.split_first()?;
    list(before, parameters, INDENT, text)?;
    let mut line = Line::behind_bracket();
    line.sequence(behind)?;
    line.text.push_str(" {");
    push_line(text, INDENT, &line.text)
}

/// Writes what stands before a list in parentheses, and the list without its last bracket, a part a
/// line.
fn list(before: &[TokenTree], list: &TokenTree, indent: usize, text: &mut String) -> Option<()> {
    let TokenTree::Group(list) = list else {
        return None;
    };
    (list.delimiter() == Delimiter::Parenthesis).then_some(())?;
    let mut line = Line::default();
    line.sequence(before)?;
    line.text.push('(');
    push_line(text, indent, &line.text)?;
    for part in parts(list.stream()) {
        let mut line = Line::default();
        line.sequence(part)?;
        line.text.push(',');
        push_line(text, indent + INDENT, &line.text)?;
    }
    Some(())
}

/// What stands between the commas of a list, those between angle brackets aside.
fn parts(list: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let (mut depth, mut before) = (0_u32, ' ');
    for token in list {
        let sign = match &token {
            TokenTree::Punct(sign) => sign.as_char(),
            _ => ' ',
        };
        match sign {
            '<' => depth += 1,
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = sign;
        match parts.last_mut() {
            Some(part) if depth > 0 || sign != ',' => part.push(token),
            _ => parts.push(Vec::new()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Writes the attributes in front, documentation as the lines that it is, and gives the rest.
fn write_attributes<'t>(
    mut tokens: &'t [TokenTree],
    indent: usize,
    text: &mut String,
) -> Option<&'t [TokenTree]> {
    while let [TokenTree::Punct(sign), TokenTree::Group(group), rest @ ..] = tokens
        && sign.as_char() == '#'
    {
        tokens = rest;
        if is_documentation(group) {
            let doc = documentation(group)?;
            let line = format!("{:indent$}///{doc}", "");
            text.push_str(line.trim_end_matches(' '));
            text.push('\n');
        } else {
            let mut line = Line::default();
            line.sequence(group.stream())?;
            push_line(text, indent, &format!("#[{}]", line.text))?;
        }
    }
    Some(tokens)
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

/// Writes the statements of a function, each a line; a call at the end may take several.
fn block(body: TokenStream, text: &mut String) -> Option<()> {
    (!body.is_empty()).then_some(())?;
    let mut statement = Vec::new();
    for token in body {
        let ends = matches!(&token, TokenTree::Punct(sign) if sign.as_char() == ';');
        statement.push(token);
        if ends {
            let mut line = Line::default();
            line.sequence(statement.drain(..))?;
            push_line(text, 2 * INDENT, &line.text)?;
        }
    }
    match statement.is_empty() {
        true => Some(()),
        false => result(&statement, text),
    }
}

/// Writes what a function gives: on one line or, where that is too long and the call of a path, each
/// argument on one of its own.
fn result(tokens: &[TokenTree], text: &mut String) -> Option<()> {
    let mut whole = Line::default();
    whole.sequence(tokens)?;
    if fits(2 * INDENT, &whole.text) {
        return push_line(text, 2 * INDENT, &whole.text);
    }
    let (arguments, path) = tokens.split_last()?;
    let is_path = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(sign) => sign.as_char() == ':',
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    };
    path.iter().all(is_path).then_some(())?;
    list(path, arguments, 2 * INDENT, text)?;
    push_line(text, 2 * INDENT, ")")
}

fn fits(indent: usize, line: &str) -> bool {
    indent + line.len() <= LIMIT
}

fn push_line(text: &mut String, indent: usize, line: &str) -> Option<()> {
    fits(indent, line).then(|| write_line(text, indent, line))
}

fn write_line(text: &mut String, indent: usize, line: &str) {
    text.extend(std::iter::repeat_n(' ', indent));
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn trees(tokens: TokenStream) -> Vec<TokenTree> {
        tokens.into_iter().collect()
    }

    fn member(tokens: TokenStream) -> Option<String> {
        super::member(&trees(tokens))
    }

    fn empty_item(tokens: TokenStream) -> Option<String> {
        super::empty_item(&trees(tokens))
    }

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
    fn a_constant_that_is_text_is_a_line_of_any_length() {
        let text = "x".repeat(LIMIT);
        let constant = quote!(pub const A: &'static str = #text;);
        let expected = format!("    pub const A: &'static str = \"{text}\";\n");
        assert_eq!(member(constant), Some(expected));
    }

    #[test]
    fn items_with_nothing_in_them_are_lines() {
        let plain = empty_item(quote!(
            pub enum A {}
        ));
        assert_eq!(plain.as_deref(), Some("pub enum A {}\n"));
        let long = quote::format_ident!("A{}", "x".repeat(LIMIT));
        for tokens in [
            quote!(
                pub enum #long {}
            ),
            quote!(
                pub enum A {
                    B,
                }
            ),
            quote!(
                pub struct A;
            ),
            quote!(
                #[a]
                pub enum A {}
            ),
        ] {
            assert_eq!(empty_item(tokens.clone()), None, "{tokens}");
        }
    }

    #[test]
    fn long_signatures_and_calls_take_a_line_a_part() {
        let navigation = quote! {
            pub fn places(&self, a: impl Into<Patch<String, u8>>) -> places::PlacesOfThisWorldRequestBuilder {
                places::PlacesOfThisWorldRequestBuilder::new(self.resource.segment("placesOfThisWorld"))
            }
        };
        let expected = "    pub fn places(\n        &self,\n        \
                        a: impl Into<Patch<String, u8>>,\n    \
                        ) -> places::PlacesOfThisWorldRequestBuilder {\n        \
                        places::PlacesOfThisWorldRequestBuilder::new(\n            \
                        self.resource.segment(\"placesOfThisWorld\"),\n        )\n    }\n";
        assert_eq!(member(navigation).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_not_plain_is_left_to_others() {
        let long = "x".repeat(LIMIT);
        for tokens in [
            quote!(pub const A: Text = #long;),
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
