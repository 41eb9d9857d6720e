#pragma once

#include <ostream>
#include <string>

#include <nlohmann/json.hpp>

#include "simulator/interconnection/matrix.hpp"

/// What `tongka matrix` writes of its rounds: a table, a picture and a summary of each, a page around them.
namespace tongka::cli {

using Rounds = std::vector<simulator::MatrixRound>;

/// One line a pair, with the codes of the purchase where there was one; the first line names the columns.
void write_csv(std::ostream& out, const simulator::NetworkPlan& plan, const simulator::MatrixRound& round);

/// Cities, planted faults, and of each round counts and unplanned pairs; with `pairs` also every verdict and key index,
/// a list of lists by card's city and terminal's city.
[[nodiscard]] nlohmann::ordered_json to_json(const simulator::NetworkPlan& plan, const Rounds& rounds, bool pairs);

/// A cell a pair, in Chinese and English: colour and letter by verdict, a frame around what is not as planned, a title
/// to hover over, the names of the cities, and what each row and column accepted.
void write_svg(std::ostream& out, const simulator::NetworkPlan& plan, const simulator::MatrixRound& round);

/// The pictures side by side; needs nothing but the files beside it.
void write_page(std::ostream& out, const simulator::NetworkPlan& plan, const Rounds& rounds);

/// `round-1`: the names of a round's files begin with it.
[[nodiscard]] std::string stem(const simulator::MatrixRound& round);

/// `2026-01-15` of BCD.
[[nodiscard]] std::string day(const simulator::MatrixRound& round);

} // namespace tongka::cli
