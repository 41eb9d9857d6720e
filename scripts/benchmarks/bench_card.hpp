#pragma once

#include "simulator/issuer/card_issuer.hpp"

/// Cards for the benchmarks.
namespace tongka {

/// Random numbers that cost nothing: what is measured is the card.
class CountingRandom final : public core::Random {
public:
    void fill(std::span<core::Byte> bytes) override { core::write_big_endian(bytes, ++count_); }

private:
    std::uint64_t count_ = 0;
};

/// The profile city-union.
[[nodiscard]] core::Profile bench_profile();

/// A card with power, its application selected.
[[nodiscard]] std::unique_ptr<simulator::Card> bench_card(const core::Profile& profile);

/// A card with `count` transparent files of 16 bytes in its MF, with the identifiers 0001 and on.
[[nodiscard]] std::unique_ptr<simulator::Card> card_with_files(unsigned count);

} // namespace tongka
