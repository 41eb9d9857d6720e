#include "harness/actor/load_counter.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tongka::harness {
namespace {

constexpr std::uint64_t money = 1'000'000; // fen
constexpr auto payer = "payer";

simulator::LoadHost::KeySource keys_of(const core::Profile& profile) {
    return [keys = profile.card.keys](std::string_view kind, core::Byte index, core::Byte,
                                      const simulator::Asn&) -> core::Result<core::Key> {
        if (const auto* found = core::find_key(keys, kind, index))
            return found->key;
        return core::fail(fmt::format("the load host of the terminal has no key {}.{:02X}", kind, index));
    };
}

} // namespace

using simulator::Decision;
using simulator::LoadState;

core::Result<Decision<simulator::Authorisation>>
LoadCounter::Unheard::authorise(const simulator::LoadRequest& request) {
    TONGKA_CHECK(host_.authorise(request));
    return core::fail("the issuer's host gives no answer");
}

core::Result<Decision<LoadState>> LoadCounter::Unheard::confirm(const simulator::LoadName& name, const core::Mac& tac,
                                                                std::uint32_t new_balance) {
    return host_.confirm(name, tac, new_balance);
}

core::Result<std::optional<simulator::OpenLoad>> LoadCounter::Unheard::open_load(const simulator::Asn& asn,
                                                                                 core::Byte type) {
    return host_.open_load(asn, type);
}

core::Result<Decision<LoadState>> LoadCounter::Unheard::resolve(const simulator::LoadName& name,
                                                                const simulator::Evidence& evidence) {
    return host_.resolve(name, evidence);
}

LoadCounter::LoadCounter(const core::Profile& profile, std::uint64_t seed, std::unique_ptr<WorkFolder> folder,
                         simulator::Accounts accounts, core::Byte key_index)
    : folder_(std::move(folder)), accounts_(std::move(accounts)), random_(seed),
      host_(accounts_, keys_of(profile), profile.rules, clock_, random_), unheard_(host_), key_index_(key_index) {}

core::Result<std::unique_ptr<LoadCounter>> LoadCounter::open(const core::Profile& profile, std::uint64_t seed) {
    const auto key = std::ranges::find(profile.card.keys, "DLK", &core::NamedKey::kind);
    if (key == profile.card.keys.end())
        return core::fail("the profile has no load key (card.keys DLK), so no host can load its card");
    TONGKA_TRY(auto folder, WorkFolder::create(fast_folder()));
    TONGKA_TRY(auto accounts, simulator::Accounts::open(folder->path() / "book"));
    TONGKA_CHECK(accounts.add_account(payer, money));
    TONGKA_CHECK(
        accounts.add_card({.asn = profile.card.asn, .city = profile.card.city, .generation = 1, .account = payer}));
    return std::unique_ptr<LoadCounter>(
        new LoadCounter(profile, seed, std::move(folder), std::move(accounts), key->index));
}

} // namespace tongka::harness
