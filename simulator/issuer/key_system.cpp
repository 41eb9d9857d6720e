#include "simulator/issuer/key_system.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/profile/key_kinds.hpp"
#include "core/profile/keys.hpp"

namespace tongka::simulator {
namespace {

using core::Byte;
using core::fail;
using core::KeyName;
using core::KeyRecord;
using core::KeyState;
using core::KeyStore;
using core::NamedKey;
using Factor = std::array<Byte, 8>;

std::vector<KeyRecord> living(const KeyStore& store, std::string_view kind) {
    std::vector<KeyRecord> records;
    std::ranges::copy_if(store.records(), std::back_inserter(records), [&](const KeyRecord& record) {
        return record.name.kind == kind && record.state != KeyState::destroyed;
    });
    return records;
}

NamedKey named(const KeyName& name, unsigned levels, core::Key key) {
    return {.kind = name.kind, .index = name.index, .version = name.version, .levels = levels, .key = std::move(key)};
}

Factor serial_factor(const core::SamProfile& sam) {
    Factor factor{};
    std::copy(sam.serial.end() - factor.size(), sam.serial.end(), factor.begin());
    return factor;
}

/// The SAM's own keys, and for an ISAM that of the log-in: by its serial number, under the owner's key.
core::Result<void> add_own_keys(std::vector<NamedKey>& keys, KeyStore& store, const core::SamProfile& sam,
                                std::initializer_list<KeyName> names) {
    const Factor factor = serial_factor(sam);
    for (const KeyName& name : names) {
        TONGKA_TRY(auto key, store.diversify(name, {&factor, 1}));
        keys.push_back(named({name.kind, name.index, 1}, 0, std::move(key)));
    }
    return {};
}

} // namespace

core::Result<Byte> current_generation(const KeyStore& store) {
    const auto found = std::ranges::find_if(store.records(), [](const KeyRecord& record) {
        return record.name.kind == "DPK" && record.state == KeyState::current;
    });
    if (found == store.records().end())
        return fail(fmt::format("the keys of {} have no current generation of DPK", to_text(store.owner())));
    return found->name.index;
}

std::vector<Byte> destroyed_generations(const KeyStore& store) {
    std::vector<Byte> generations;
    for (const KeyRecord& record : store.records())
        if (record.name.kind == "DPK" && record.state == KeyState::destroyed)
            generations.push_back(record.name.index);
    return generations;
}

core::Result<void> give_card_keys(core::Profile& profile, KeyStore& store) {
    const core::CardProfile& card = profile.card;
    const auto& city = store.owner().city;
    if (city && *city != card.city)
        return fail(fmt::format("the keys are those of city {}, the card is of {:02X}{:02X}", to_text(store.owner()),
                                card.city[0], card.city[1]));
    std::vector<NamedKey> keys;
    for (const auto kind : core::key_kinds)
        for (const KeyRecord& record : living(store, kind)) {
            const std::array<Factor, 2> factors{core::city_factor(card.city, profile.rules),
                                                core::card_factor(kind, card, profile.rules)};
            TONGKA_TRY(auto key, store.diversify(record.name, std::span(factors).last(city ? 1 : 2)));
            keys.push_back(named(record.name, 0, std::move(key)));
        }
    if (keys.empty())
        return fail(fmt::format("the keys of {} hold none for cards", to_text(store.owner())));
    profile.card.keys = std::move(keys);
    return {};
}

core::Result<void> give_psam_keys(core::Profile& profile, KeyStore& store, std::span<const Byte, 2> city) {
    if (store.owner().city)
        return fail(
            fmt::format("a PSAM holds the roots of the centre; these are the keys of city {}", to_text(store.owner())));
    std::vector<NamedKey> keys;
    TONGKA_CHECK(add_own_keys(keys, store, profile.psam, {{"SCK", 0, 1}, {"SMK", 0, 1}}));
    for (const KeyRecord& record : living(store, "DPK")) {
        TONGKA_TRY(auto key, store.release(record.name));
        keys.push_back(named(record.name, 2, std::move(key)));
    }
    // The key that blocks applications stands on the card under id 00, in the SAM under the one that terminals ask for.
    const KeyName maintenance{"DAMK", 0x00, 1};
    const KeyName in_sam{"DAMK", static_cast<Byte>(profile.rules.is(core::Rule::maintenance_key_id, "01") ? 1 : 2), 1};
    if (profile.rules.is(core::Rule::maintenance_key_levels, "2")) {
        TONGKA_TRY(auto key, store.release(maintenance));
        keys.push_back(named(in_sam, 2, std::move(key)));
    } else {
        const Factor factor = core::city_factor(city, profile.rules);
        TONGKA_TRY(auto key, store.diversify(maintenance, {&factor, 1}));
        keys.push_back(named(in_sam, 1, std::move(key)));
    }
    TONGKA_TRY(auto tac, store.release({"DTK", 0, 1}));
    keys.push_back(named({"DTK", 0, 1}, 2, std::move(tac)));
    TONGKA_TRY(profile.psam.purchase_index, current_generation(store));
    profile.psam.keys = std::move(keys);
    return {};
}

core::Result<void> give_isam_keys(core::Profile& profile, KeyStore& store) {
    if (!profile.isam)
        return fail(fmt::format("the profile {} has no ISAM", profile.name));
    if (!store.owner().city)
        return fail("an ISAM holds the keys of a city; these are the centre's");
    std::vector<NamedKey> keys;
    TONGKA_CHECK(add_own_keys(keys, store, *profile.isam, {{"SCK", 0, 1}, {"SMK", 0, 1}, {"UK", 1, 1}}));
    for (const KeyRecord& record : living(store, "DLK")) {
        TONGKA_TRY(auto key, store.release(record.name));
        keys.push_back(named(record.name, 1, std::move(key)));
    }
    // Terminals ask an ISAM for id 02 when they write file 0015 (clauses.md E).
    TONGKA_TRY(auto maintenance, store.release({"DAMK", 0x00, 1}));
    keys.push_back(named({"DAMK", 0x02, 1}, 1, std::move(maintenance)));
    TONGKA_TRY(profile.isam->load_index, current_generation(store));
    profile.isam->keys = std::move(keys);
    return {};
}

} // namespace tongka::simulator
