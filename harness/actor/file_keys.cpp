#include "harness/actor/file_keys.hpp"

#include "core/bcd.hpp"
#include "core/hex.hpp"

namespace tongka::harness {

using namespace clearing;

core::Result<std::vector<SentRecord>> sent_records(const FileSet& set, JudgedFiles& judged, const std::string& layout) {
    TONGKA_TRY(const auto* judgements, judged.of(layout));
    std::vector<SentRecord> sent;
    const auto files = set.of(layout);
    for (std::size_t file = 0; file < files.size(); ++file)
        for (std::size_t at = 0; at < files[file]->records.size(); ++at)
            sent.push_back({{files[file], &files[file]->records[at].transaction, &files[file]->records[at]},
                            (*judgements)[file][at].verdict == Verdict::accepted});
    return sent;
}

std::string card_key(const Transaction& one) {
    return core::to_hex(one.home_city) + core::to_hex(one.asn) + std::to_string(one.counter) + '-' +
           core::to_hex(one.date_time);
}

std::string trade_key(const Transaction& one) {
    return card_key(one) + core::to_hex(one.psam) + std::to_string(one.terminal_serial);
}

std::string home_key(const Transaction& one) {
    return card_key(one);
}

ByKey by_key(const FileSet& set, std::string_view layout, std::string (*key)(const Transaction&)) {
    ByKey found;
    for (const auto* file : set.of(layout))
        for (const auto& record : file->records)
            found[key(record.transaction)].push_back({file, &record.transaction, &record});
    return found;
}

unsigned state_of(const Transaction& one) {
    unsigned state = 0;
    for (const auto byte : one.settle_state)
        state = state * 100 + (byte >> 4) * 10 + (byte & 0x0F);
    return state;
}

} // namespace tongka::harness
