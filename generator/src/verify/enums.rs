//! Enumerations: which are listed, with which members and numbers.

use super::codes::Code;
use super::csdl::Enumeration;
use super::kind::TypeKind;
use super::measures::Measure;
use super::mention::{self, Mention};
use super::report::{Difference, Draft, Tally};
use super::sides::{Sides, without_place};
use crate::schema::{EnumType, Member};

/// Compares enumerations.
pub(super) fn compare(sides: &Sides<'_>, draft: &mut Draft) {
    let mut worst: (usize, &str, Tally) = Default::default();
    for service in sides.service.enums.values() {
        let documented = sides.documented_enum(&service.name);
        presence(sides, service, documented.is_some(), draft);
        let Some(documented) = documented else {
            continue;
        };
        let tally = members(sides, service, documented, draft);
        draft.tally(Measure::EnumMembers).add(tally);
        let unknown = tally.found - tally.confirmed;
        if unknown > worst.0 {
            worst = (unknown, &service.name, tally);
        }
    }
    without_worst(worst.1, worst.2, draft);
    for documented in &sides.index.schema().enum_types {
        existence(sides, documented, draft);
    }
}

/// One list that repeats what another enumeration holds would drown all others.
fn without_worst(name: &str, tally: Tally, draft: &mut Draft) {
    let rest = draft.tally(Measure::EnumMembers).less(tally);
    draft.tally(Measure::EnumMembersButWorst).add(rest);
    if !name.is_empty() {
        draft.note(Measure::EnumMembersButWorst, format!("without {name}"));
    }
}

fn presence(sides: &Sides<'_>, service: &Enumeration, is_read: bool, draft: &mut Draft) {
    let list = sides.evidence.enum_list(&service.name);
    draft.tally(Measure::Coverage).expect(is_read);
    if !is_read && list.is_none() {
        draft.differ(unlisted(sides, service));
        return;
    }
    draft.tally(Measure::TypesWithPage).expect(is_read);
    draft.tally(Measure::EnumTypes).expect(is_read);
    if !is_read {
        draft.differ(Difference {
            place: list.cloned(),
            ..without_place(Code::EnumUnread, &service.name)
        });
    }
}

fn unlisted(sides: &Sides<'_>, service: &Enumeration) -> Difference {
    let difference = match sides.documented(&service.name) {
        Some(found) => sides
            .difference(Code::KindDiffers, found.structured.span, &service.name)
            .documented(found.kind.as_str()),
        None => without_place(Code::EnumUnlisted, &service.name),
    };
    difference.service(TypeKind::Enum.as_str())
}

fn existence(sides: &Sides<'_>, documented: &EnumType, draft: &mut Draft) {
    let names = &sides.service.enums;
    let is_known = names
        .keys()
        .any(|name| name.eq_ignore_ascii_case(&documented.name));
    draft.tally(Measure::TypesWithPage).find(is_known);
    draft.tally(Measure::EnumTypes).find(is_known);
    let is_structured = sides.service.types.contains_key(&documented.name);
    if !is_known && !is_structured {
        let difference = sides.difference(Code::TypeUnknown, documented.span, &documented.name);
        draft.differ(difference.documented(TypeKind::Enum.as_str()));
    }
}

fn members(
    sides: &Sides<'_>,
    service: &Enumeration,
    documented: &EnumType,
    draft: &mut Draft,
) -> Tally {
    let mut tally = Tally::default();
    for (name, number) in &service.members {
        let member = best_member(documented, name);
        tally.expect(member.is_some());
        match member {
            Some(member) => agreement(sides, service, member, (name, *number), draft),
            None => {
                let mention = mention(sides, documented, name);
                let code = match mention {
                    Some(Mention::Text(_)) => Code::MemberMentioned,
                    Some(Mention::Comment(_)) | None => Code::MemberMissing,
                };
                let difference = sides.difference(code, documented.span, &service.name);
                draft.differ(difference.of_member(name).service(name));
                if code == Code::MemberMentioned {
                    draft.tally(Measure::EnumMembersOnPage).expect(false);
                }
            }
        }
        if member.is_some() {
            draft.tally(Measure::EnumMembersOnPage).expect(true);
        }
    }
    for member in &documented.members {
        let mut names = service.members.iter().map(|(name, _)| name);
        let is_known = names.any(|name| name.eq_ignore_ascii_case(&member.name));
        tally.find(is_known);
        let tally = draft.tally(Measure::EnumMembersOnPage);
        tally.find(is_on_page(sides, member));
        if !is_known {
            let difference = sides.difference(Code::MemberUnknown, member.span, &service.name);
            draft.differ(difference.of_member(&member.name).documented(&member.name));
        }
    }
    tally
}

/// Where the section that the list stands in has a name.
fn mention(sides: &Sides<'_>, documented: &EnumType, name: &str) -> Option<Mention> {
    let place = sides.place(documented.span)?;
    let text = &sides.sources.get(documented.span.file).text;
    mention::find_below(text, name, place.line)
}

/// Whether the page has the name of a member, where the member is said to be.
fn is_on_page(sides: &Sides<'_>, member: &Member) -> bool {
    sides.place(member.span).is_some_and(|place| {
        let text = &sides.sources.get(member.span.file).text;
        mention::is_on_line(text, &member.name, place.line)
    })
}

/// The member of a name: in its own case rather than another.
fn best_member<'m>(documented: &'m EnumType, name: &str) -> Option<&'m Member> {
    let members = documented.members.iter();
    let same = members.filter(|member| member.name.eq_ignore_ascii_case(name));
    same.max_by_key(|member| member.name == name)
}

/// Whether a documented member has the service's spelling and number.
fn agreement(
    sides: &Sides<'_>,
    service: &Enumeration,
    member: &Member,
    (name, number): (&str, Option<i64>),
    draft: &mut Draft,
) {
    draft.tally(Measure::Spelling).agree(member.name == name);
    if member.name != name {
        let difference = sides.difference(Code::MemberCase, member.span, &service.name);
        let difference = difference.of_member(name).documented(&member.name);
        draft.differ(difference.service(name));
    }
    numbers(sides, service, member, number, draft);
}

fn numbers(
    sides: &Sides<'_>,
    service: &Enumeration,
    member: &Member,
    number: Option<i64>,
    draft: &mut Draft,
) {
    let (Some(documented), Some(number)) = (member.value, number) else {
        return;
    };
    draft
        .tally(Measure::EnumNumbers)
        .agree(documented == number);
    if documented != number {
        let difference = sides.difference(Code::MemberNumber, member.span, &service.name);
        let difference = difference.of_member(&member.name);
        draft.differ(difference.documented(documented).service(number));
    }
}
