#pragma once

#include "core/keys/memory_store.hpp"
#include "simulator/interconnection/members.hpp"

namespace tongka::simulator {

/// A national centre, its cities with their keys, and a card and a terminal of each: all in memory.
class Network {
public:
    /// At Stage::before.
    [[nodiscard]] static core::Result<Network> make(NetworkPlan plan);

    /// On to the next stage.
    [[nodiscard]] core::Result<void> advance();

    [[nodiscard]] Stage stage() const { return stage_; }
    [[nodiscard]] const NetworkPlan& plan() const { return plan_; }
    [[nodiscard]] MemberCard& card(std::size_t city) { return cards_[city]; }
    [[nodiscard]] MemberTerminal& terminal(std::size_t city) { return terminals_[city]; }
    [[nodiscard]] core::KeyStore& national() { return centre_; }

private:
    explicit Network(NetworkPlan plan);

    [[nodiscard]] core::Result<void> issue();
    [[nodiscard]] core::Result<void> rotate();
    [[nodiscard]] core::Result<void> renew();
    [[nodiscard]] core::Result<void> retire();
    [[nodiscard]] core::Result<void> follow(core::KeyStore& city);
    [[nodiscard]] bool has(std::size_t city, Fault fault) const { return CityFaults(plan_, city).has(fault); }
    /// The centre that this city has its keys from.
    [[nodiscard]] core::MemoryKeyStore& root_of(std::size_t city) {
        return has(city, Fault::wrong_root) ? other_centre_ : centre_;
    }

    NetworkPlan plan_;
    core::SeededRandom random_;
    Stage stage_ = Stage::before;
    core::MemoryKeyStore centre_{core::KeyOwner{}};
    core::MemoryKeyStore other_centre_{core::KeyOwner{}}; ///< of Fault::wrong_root
    std::vector<core::MemoryKeyStore> cities_;
    std::vector<MemberCard> cards_;
    std::vector<MemberTerminal> terminals_;
};

} // namespace tongka::simulator
