#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/text.hpp"

namespace tongka::harness {

/// One fault of a reader, its driver or the service in front of it.
enum class ReaderDeviation : std::uint8_t {
    adds_le,
    answers_without_card,
    atr_cut,
    card_always_present,
    class_masked,
    cold_is_warm,
    connection_survives_card,
    cuts_answers_at_255,
    exclusive_beside_shared,
    features_cut,
    follows_61,
    follows_6c,
    impatient,
    lc_255_refused,
    loses_byte_at_256,
    no_cold_reset,
    no_second_connection,
    no_warm_reset,
    other_protocol,
    repeats_commands,
    resets_at_end,
    reset_not_told,
    swallows_le,
    swaps_status_word,
    transaction_open,
    two_exclusive,
    warm_is_cold,
    wrong_6c,
};

struct ReaderDeviationInfo {
    ReaderDeviation deviation;
    std::string_view name;
    core::Text title;
};

[[nodiscard]] std::span<const ReaderDeviationInfo> reader_deviation_table();

[[nodiscard]] std::optional<ReaderDeviation> find_reader_deviation(std::string_view name);

} // namespace tongka::harness
