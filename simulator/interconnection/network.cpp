#include "simulator/interconnection/network.hpp"

#include "core/keys/centre.hpp"
#include "core/keys/rotation.hpp"
#include "simulator/issuer/key_system.hpp"
#include "simulator/issuer/sam_renewal.hpp"

namespace tongka::simulator {
namespace {

constexpr unsigned first_card = 1, new_card = 2;

} // namespace

Network::Network(NetworkPlan plan) : plan_(std::move(plan)), random_(plan_.seed) {}

core::Result<Network> Network::make(NetworkPlan plan) {
    Network network(std::move(plan));
    TONGKA_CHECK(network.issue());
    return network;
}

core::Result<void> Network::issue() {
    TONGKA_CHECK(core::new_national_store(centre_, random_, plan_.algorithm));
    TONGKA_CHECK(core::new_national_store(other_centre_, random_, plan_.algorithm));
    for (std::size_t city = 0; city < plan_.cities.size(); ++city) {
        const auto& code = plan_.cities[city].code;
        TONGKA_TRY(const auto keys, core::city_keys(root_of(city), code));
        auto& store = cities_.emplace_back(core::KeyOwner{code});
        TONGKA_CHECK(core::add_all(store, keys));
        TONGKA_TRY(auto card, issue_member_card(plan_, city, store, first_card));
        cards_.push_back(std::move(card));
        TONGKA_TRY(auto terminal, issue_member_terminal(plan_, city, root_of(city)));
        terminals_.push_back(std::move(terminal));
    }
    return {};
}

core::Result<void> Network::advance() {
    switch (stage_) {
    case Stage::before:
        stage_ = Stage::rolling;
        TONGKA_CHECK(rotate());
        return renew();
    case Stage::rolling:
        stage_ = Stage::renewed;
        return renew();
    case Stage::renewed:
        stage_ = Stage::retired;
        return retire();
    case Stage::retired:
        break;
    }
    return core::fail("the network has gone through every stage");
}

/// The centre changes, and each city follows: it gets what the centre has prepared since, and changes too.
core::Result<void> Network::rotate() {
    TONGKA_CHECK(core::rotate(centre_, random_));
    TONGKA_CHECK(core::rotate(other_centre_, random_));
    for (std::size_t city = 0; city < cities_.size(); ++city) {
        core::MemoryKeyStore given(cities_[city].owner());
        TONGKA_TRY(const auto keys, core::city_keys(root_of(city), plan_.cities[city].code));
        TONGKA_CHECK(core::add_all(given, keys));
        TONGKA_CHECK(core::import_prepared(cities_[city], given));
        TONGKA_CHECK(core::rotate(cities_[city], random_));
    }
    return {};
}

core::Result<void> Network::renew() {
    for (std::size_t city = 0; city < cities_.size(); ++city) {
        if (!is_renewed(city, stage_) || has(city, Fault::not_renewed))
            continue;
        MemberTerminal& terminal = terminals_[city];
        auto& root = root_of(city);
        TONGKA_CHECK(give_psam_keys(terminal.profile, root, plan_.cities[city].code));
        Psam& psam = *terminal.psam;
        const Transmit line = [&psam](core::BytesView command) -> core::Result<core::Bytes> {
            return core::to_bytes(psam.exchange(command));
        };
        (void)psam.reset();
        TONGKA_CHECK(renew_psam(line, terminal.profile, destroyed_generations(root), random_));
    }
    return {};
}

/// The old generation is destroyed everywhere and written over in the PSAMs; new cards never had it.
core::Result<void> Network::retire() {
    TONGKA_CHECK(core::retire(centre_));
    TONGKA_CHECK(core::retire(other_centre_));
    for (std::size_t city = 0; city < cities_.size(); ++city) {
        TONGKA_CHECK(core::retire(cities_[city]));
        if (has_new_card(city, stage_)) {
            TONGKA_TRY(cards_[city], issue_member_card(plan_, city, cities_[city], new_card));
        } else {
            TONGKA_TRY(cards_[city].home, HomeKeys::derive(cities_[city], cards_[city].asn));
        }
    }
    return renew();
}

} // namespace tongka::simulator
