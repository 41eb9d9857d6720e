#include "harness/actor/judged_files.hpp"

#include <algorithm>

#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"

namespace tongka::harness {

using namespace clearing;

core::Result<const std::vector<std::vector<Judgement>>*> JudgedFiles::of(const std::string& layout) {
    if (const auto found = judged_.find(layout); found != judged_.end())
        return &found->second;
    const auto files = set_.of(layout);
    Terms terms;
    terms.latest = latest_;
    const auto carries = [&](std::string_view member) {
        return std::ranges::any_of(set_.layout(layout).record.fields,
                                   [&](const Field& field) { return field.means && field.means->name == member; });
    };
    terms.has_tac = keys_ != nullptr && carries("tac");
    terms.has_pos_serial = carries("pos-serial");
    // Without keys every city is one of the network; which cities have cards is then not known.
    core::MemoryKeyStore nobody(core::KeyOwner{});
    std::unique_ptr<TacKeys> stand_in;
    if (keys_ == nullptr) {
        core::SystemRandom random;
        TONGKA_CHECK(core::new_national_store(nobody, random, core::Algorithm::triple_des));
        TONGKA_TRY(stand_in, TacKeys::take(nobody));
    }
    terms.keys = keys_ == nullptr ? stand_in.get() : keys_;
    terms.cities = set_.cities();
    for (const auto* list : {"blacklist", "blacklist-plain"})
        for (const auto* file : set_.of(list))
            for (const auto& card : file->records)
                terms.blacklist.push_back(card_number(card.transaction));
    std::ranges::sort(terms.blacklist);

    // A card's records belong together, whatever file they are in.
    std::vector<Transaction> all;
    for (std::uint32_t at = 0; at < files.size(); ++at) {
        terms.trading_cities.push_back(files[at]->city);
        for (const auto& record : files[at]->records) {
            all.push_back(record.transaction);
            all.back().file = at;
        }
    }
    std::vector<Judgement> judgements;
    TONGKA_CHECK(judge(all, terms, judgements));
    auto next = judgements.begin();
    std::vector<std::vector<Judgement>> sorted;
    for (const auto* file : files) {
        const auto count = static_cast<std::ptrdiff_t>(file->records.size());
        sorted.emplace_back(next, next + count);
        next += count;
    }
    return &judged_.emplace(layout, std::move(sorted)).first->second;
}

} // namespace tongka::harness
