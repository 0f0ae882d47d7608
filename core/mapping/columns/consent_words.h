#pragma once

#include <string>
#include <unordered_set>

/// The words by which columns and cells say yes and no to being contacted, each as its key (header_key).
namespace switchboard::mapping::wording {

using Keys = std::unordered_set<std::string>;

/// Words that say no by themselves, in headers and in cells.
const Keys& refusals();
/// The number is another person's.
const Keys& wrong_numbers();
/// Those of them that can mean nothing else, wherever they stand: in a name, in a column that is about something else; wrong numbers among them.
const Keys& plain_refusals();
/// Lists that people put themselves on so as not to be called: being registered there is the no.
const Keys& registers();
/// Whole headers that ask whether somebody may be advertised to: "Werbung".
const Keys& advertising();
/// Words that ask for permission, in headers: "OK to call", "May we contact you?".
const Keys& permissions();
/// A permission that is not one to get in touch, where no channel is named beside it: "Treatment consent", "Terms accepted".
const Keys& other_matters();
/// Whose no the header tells, where it is not the row's own person.
const Keys& others();
/// Columns in which somebody may write the no down, in words of its own.
const Keys& answers();
/// Whole headers of columns that list by which channels somebody may be contacted: what is not listed is not allowed.
const Keys& allowed_channels();
/// In those columns, words for what is neither a call nor a message, and those between them.
const Keys& not_by_phone();
/// No to calls and messages, by asking for mail.
const Keys& mail_only();
/// The last words of headers whose first ones say more of it: "Last Call Result".
const Keys& answer_ends();
/// In those columns, words that may mean something else: "Priority: baja", "Disposition: no contact".
const Keys& doubtful();
/// Words for "no" in a column that asks for permission, and for "not" in one of refusals.
const Keys& no_words();
/// Words for a permission that was taken back, or not given after all: "withdrawn", "widerrufen".
const Keys& taken_back();
/// These, and others that say of a permission that there is none. In a column of refusals they say nothing clear, and so hold the row back.
const Keys& declined();
/// In a status of one channel, words that say nobody asked for it, or that it reaches nobody: "smsStatus: nonSubscribed".
const Keys& not_asked();
/// Of an address, whatever the column: "Status: Bounced" says nothing about the number beside it.
const Keys& of_addresses();
/// Words in a column of refusals that say: none.
const Keys& no_refusals();
/// After a "no" that is none: "No objection".
const Keys& harmless();
/// Words that change nothing about a refusal: "Opted out of SMS", "please do not call me again".
const Keys& beside();

}  // namespace switchboard::mapping::wording
