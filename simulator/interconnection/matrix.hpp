#pragma once

#include "simulator/interconnection/network.hpp"

namespace tongka::simulator {

/// Every card at every terminal, at one stage.
struct MatrixRound {
    Stage stage = Stage::before;
    std::size_t cities = 0;
    std::vector<Outcome> outcomes{};     ///< by card's city, then terminal's city
    std::vector<Expectation> expected{}; ///< in the same order
    std::vector<std::array<core::Byte, 8>> cards{};
    std::vector<std::array<core::Byte, 6>> terminals{};
    std::array<core::Byte, 7> date_time{};

    [[nodiscard]] std::size_t at(std::size_t card_city, std::size_t terminal_city) const {
        return card_city * cities + terminal_city;
    }
    /// Whether the tap ended as it should: the verdict, and for a purchase the key that was paid with.
    [[nodiscard]] bool as_planned(std::size_t pair) const;
    [[nodiscard]] std::array<std::size_t, verdict_count> counts() const;
    [[nodiscard]] std::size_t accepted() const;
    [[nodiscard]] std::size_t unplanned() const;
};

/// Taps every card at every terminal. The pairs are dealt out to `threads` threads so that a card and a terminal are
/// used by one at a time, in an order that does not depend on their number: the same seed gives the same codes.
[[nodiscard]] MatrixRound tap_all(Network& network, unsigned threads);

/// What a tap of this pair costs: differs from pair to pair, so that no code is right for another pair by chance.
[[nodiscard]] constexpr std::uint32_t amount_of(std::size_t card_city, std::size_t terminal_city) {
    return static_cast<std::uint32_t>(100 + (card_city * 7 + terminal_city * 13) % 400);
}

/// A new network, taken through all stages.
[[nodiscard]] core::Result<std::vector<MatrixRound>> run_matrix(NetworkPlan plan, unsigned threads);

} // namespace tongka::simulator
