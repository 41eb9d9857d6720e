#include "harness/actor/feature_list.hpp"

#include <algorithm>

namespace tongka::harness {
namespace {

constexpr std::size_t entry_size = 6;

// PC/SC part 10: tags of features.
constexpr core::Byte verify_pin_start = 0x01;
constexpr core::Byte verify_pin_direct = 0x06;
constexpr core::Byte ccid_escape = 0x13;

} // namespace

Values tell_features(const PortAnswer& answer) {
    Values results;
    results.set_word("outcome", name(answer.outcome));
    if (answer.outcome != PortOutcome::ok)
        return results.set_word("form", "none");
    core::Bytes tags;
    const core::BytesView list = answer.bytes;
    bool whole = list.size() % entry_size == 0;
    for (std::size_t at = 0; at + entry_size <= list.size(); at += entry_size) {
        tags.push_back(list[at]);
        whole &= list[at + 1] == 4;
    }
    const auto has = [&](core::Byte tag) { return std::ranges::find(tags, tag) != tags.end(); };
    results.set_word("form", whole ? "whole" : "cut").set_number("features", static_cast<std::uint32_t>(tags.size()));
    results.set_word("escape", has(ccid_escape) ? "yes" : "no");
    results.set_word("pin-pad", has(verify_pin_direct) || has(verify_pin_start) ? "yes" : "no");
    return results.set("tags", core::BytesView(tags));
}

} // namespace tongka::harness
