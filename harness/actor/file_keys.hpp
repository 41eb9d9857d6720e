#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/actor/file_matches.hpp"

namespace tongka::harness {

/// A record of a set of files, with where it stands.
struct PlacedRecord {
    const ReadFile* file = nullptr;
    const clearing::Transaction* record = nullptr;
    const FileRecord* whole = nullptr;

    [[nodiscard]] Sight at(std::string text) const { return {file->name, record->line, std::move(text)}; }
};

struct SentRecord : PlacedRecord {
    bool accepted = false;
};

/// The records of uploads that can be read, and what becomes of them.
[[nodiscard]] core::Result<std::vector<SentRecord>> sent_records(const FileSet& set, JudgedFiles& judged,
                                                                 const std::string& layout);

/// What a card's transaction is known by in every layout: card, counter, time.
[[nodiscard]] std::string card_key(const clearing::Transaction& one);
/// In FH and DT: PSAM and its serial too.
[[nodiscard]] std::string trade_key(const clearing::Transaction& one);
/// In FH and DF: the same as in every layout.
[[nodiscard]] std::string home_key(const clearing::Transaction& one);

using ByKey = std::map<std::string, std::vector<PlacedRecord>>;
[[nodiscard]] ByKey by_key(const FileSet& set, std::string_view layout,
                           std::string (*key)(const clearing::Transaction&));

/// 0 where it is settled; else the refusal code in its last byte.
[[nodiscard]] unsigned state_of(const clearing::Transaction& one);

/// What the files inside a city say of one another: XF, SS, QS, NS.
[[nodiscard]] core::Result<Match> match_in_city(const FileSet& set, JudgedFiles& judged, std::string_view what);

} // namespace tongka::harness
