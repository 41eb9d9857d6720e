#include <fmt/format.h>

#include "cli/matrix_output.hpp"
#include "core/hex.hpp"

namespace tongka::cli {
namespace {

using nlohmann::ordered_json;
using simulator::MatrixRound;

ordered_json both(const core::Text& text) {
    return {{"zh", text.zh}, {"en", text.en}};
}

ordered_json unplanned(const simulator::NetworkPlan& plan, const MatrixRound& round) {
    auto pairs = ordered_json::array();
    for (std::size_t card = 0; card < round.cities; ++card)
        for (std::size_t terminal = 0; terminal < round.cities; ++terminal) {
            const std::size_t pair = round.at(card, terminal);
            if (round.as_planned(pair))
                continue;
            const auto& outcome = round.outcomes[pair];
            pairs.push_back({{"card_city", code_of(plan.cities[card])},
                             {"terminal_city", code_of(plan.cities[terminal])},
                             {"expected", info(round.expected[pair].verdict).name},
                             {"expected_key_index", round.expected[pair].key_index},
                             {"result", info(outcome.verdict).name},
                             {"key_index", outcome.key_index},
                             {"detail", outcome.detail}});
        }
    return pairs;
}

ordered_json of(const simulator::NetworkPlan& plan, const MatrixRound& round, bool pairs) {
    ordered_json counts = ordered_json::object();
    const auto numbers = round.counts();
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (numbers[i] != 0)
            counts[std::string(info(static_cast<simulator::Verdict>(i)).name)] = numbers[i];
    ordered_json json{{"round", static_cast<unsigned>(round.stage) + 1},
                      {"title", both(title(round.stage))},
                      {"date", day(round)},
                      {"pairs", round.outcomes.size()},
                      {"accepted", round.accepted()},
                      {"counts", counts},
                      {"unplanned", unplanned(plan, round)}};
    if (!pairs)
        return json;
    auto verdicts = ordered_json::array();
    auto indices = ordered_json::array();
    for (std::size_t card = 0; card < round.cities; ++card) {
        auto& verdict_row = verdicts.emplace_back(ordered_json::array());
        auto& index_row = indices.emplace_back(ordered_json::array());
        for (std::size_t terminal = 0; terminal < round.cities; ++terminal) {
            const auto& outcome = round.outcomes[round.at(card, terminal)];
            verdict_row.push_back(info(outcome.verdict).name);
            index_row.push_back(outcome.key_index);
        }
    }
    json["results"] = std::move(verdicts);
    json["key_indices"] = std::move(indices);
    return json;
}

} // namespace

ordered_json to_json(const simulator::NetworkPlan& plan, const Rounds& rounds, bool pairs) {
    ordered_json json{{"algorithm", core::name(plan.algorithm)},
                      {"seed", plan.seed},
                      {"cities", ordered_json::array()},
                      {"planted", ordered_json::array()},
                      {"rounds", ordered_json::array()}};
    for (const auto& city : plan.cities)
        json["cities"].push_back({{"code", code_of(city)},
                                  {"name", both(city.name)},
                                  {"project", city.project},
                                  {"interop", core::to_hex(city.interop)}});
    for (const auto& planted : plan.faults)
        json["planted"].push_back({{"fault", info(planted.fault).name}, {"city", code_of(plan.cities[planted.city])}});
    for (const auto& round : rounds)
        json["rounds"].push_back(of(plan, round, pairs));
    return json;
}

} // namespace tongka::cli
