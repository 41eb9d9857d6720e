#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "simulator/interconnection/matrix.hpp"
#include "simulator/interconnection/tests/small_network.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t cities = 6;

std::vector<MatrixRound> run(NetworkPlan plan) {
    auto rounds = run_matrix(std::move(plan), 2);
    EXPECT_TRUE(rounds) << rounds.error().message;
    return std::move(*rounds);
}

using Pair = std::pair<std::size_t, std::size_t>; ///< card's city, terminal's city

/// The pairs of a round that did not end as planned, all with this verdict.
std::set<Pair> unplanned(const MatrixRound& round, Verdict verdict) {
    std::set<Pair> pairs;
    for (std::size_t card = 0; card < round.cities; ++card)
        for (std::size_t terminal = 0; terminal < round.cities; ++terminal) {
            const std::size_t pair = round.at(card, terminal);
            if (round.as_planned(pair))
                continue;
            EXPECT_EQ(info(round.outcomes[pair].verdict).name, info(verdict).name)
                << "card " << card << " at terminal " << terminal << " " << round.outcomes[pair].detail;
            pairs.emplace(card, terminal);
        }
    return pairs;
}

class MatrixTest : public testing::TestWithParam<core::Algorithm> {};

TEST_P(MatrixTest, EveryCardPaysEverywhereThroughARollOver) {
    const auto rounds = run(small_plan(cities, GetParam()));
    ASSERT_EQ(rounds.size(), 4U);
    const std::size_t with_key_2[] = {0, 3 * cities, 6 * cities, 6 * cities};
    for (std::size_t i = 0; i < rounds.size(); ++i) {
        SCOPED_TRACE(title(rounds[i].stage).en);
        EXPECT_EQ(rounds[i].accepted(), cities * cities);
        EXPECT_EQ(rounds[i].unplanned(), 0U);
        EXPECT_EQ(std::ranges::count(rounds[i].outcomes, 2, &Outcome::key_index),
                  static_cast<std::ptrdiff_t>(with_key_2[i]));
    }
    EXPECT_EQ(rounds[3].cards[0][7], 1);
    EXPECT_EQ(rounds[3].cards[1][7], 2) << "a city that issued a new card taps with it";
}

INSTANTIATE_TEST_SUITE_P(Every, MatrixTest, testing::Values(core::Algorithm::triple_des, core::Algorithm::sm4),
                         [](const auto& algorithm) {
                             return algorithm.param == core::Algorithm::sm4 ? "sm4" : "tdes";
                         });

TEST(Matrix, ThreadsChangeNothing) {
    const auto one = run_matrix(small_plan(cities), 1).value();
    const auto many = run_matrix(small_plan(cities), 3).value();
    for (std::size_t i = 0; i < one.size(); ++i)
        for (std::size_t pair = 0; pair < cities * cities; ++pair) {
            EXPECT_EQ(one[i].outcomes[pair].tac, many[i].outcomes[pair].tac);
            EXPECT_EQ(one[i].outcomes[pair].terminal_serial, many[i].outcomes[pair].terminal_serial);
        }
}

TEST(Matrix, AnotherSeedMakesOtherKeys) {
    NetworkPlan plan = small_plan(2);
    plan.seed = 2;
    EXPECT_NE(run(small_plan(2))[0].outcomes[1].tac, run(plan)[0].outcomes[1].tac);
}

TEST(Matrix, ACityThatDoesNotInteroperatePaysAtHome) {
    NetworkPlan plan = small_plan(3);
    plan.cities[0].interop = {0x00, 0x00};
    plan.cities[1].interop = plan.cities[2].code; // pays in that city as well
    for (const auto& round : run(plan)) {
        EXPECT_EQ(round.unplanned(), 0U);
        const auto verdict = [&](std::size_t card, std::size_t terminal) {
            return round.outcomes[round.at(card, terminal)].verdict;
        };
        EXPECT_EQ(verdict(0, 0), Verdict::accepted);
        EXPECT_EQ(verdict(0, 1), Verdict::not_interoperable);
        EXPECT_EQ(verdict(0, 2), Verdict::not_interoperable);
        EXPECT_EQ(verdict(1, 0), Verdict::not_interoperable);
        EXPECT_EQ(verdict(1, 1), Verdict::accepted);
        EXPECT_EQ(verdict(1, 2), Verdict::accepted);
        EXPECT_EQ(verdict(2, 0), Verdict::accepted);
    }
}

/// What each round shows of a fault in city 2.
struct Shown {
    Fault fault;
    Verdict verdict;
    std::set<Pair> pairs[4];
};

void PrintTo(const Shown& shown, std::ostream* out) {
    *out << info(shown.fault).name;
}

std::set<Pair> row(std::size_t card) {
    std::set<Pair> pairs;
    for (std::size_t terminal = 0; terminal < cities; ++terminal)
        pairs.emplace(card, terminal);
    return pairs;
}
std::set<Pair> column(std::size_t terminal) {
    std::set<Pair> pairs;
    for (std::size_t card = 0; card < cities; ++card)
        pairs.emplace(card, terminal);
    return pairs;
}
/// Row and column of the city, without the card at home.
std::set<Pair> cross(std::size_t city) {
    auto pairs = row(city);
    pairs.merge(column(city));
    pairs.erase({city, city});
    return pairs;
}

class PlantedFaultTest : public testing::TestWithParam<Shown> {};

TEST_P(PlantedFaultTest, IsSeenWhereItIs) {
    NetworkPlan plan = small_plan(cities);
    plan.faults = {{GetParam().fault, 2}};
    const auto rounds = run(plan);
    for (std::size_t i = 0; i < rounds.size(); ++i) {
        SCOPED_TRACE(title(rounds[i].stage).en);
        EXPECT_EQ(unplanned(rounds[i], GetParam().verdict), GetParam().pairs[i]);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Every, PlantedFaultTest,
    testing::Values(
        Shown{Fault::wrong_root, Verdict::mac1_refused, {cross(2), cross(2), cross(2), cross(2)}},
        Shown{Fault::expired_psam, Verdict::psam_out_of_date, {column(2), column(2), column(2), column(2)}},
        Shown{Fault::missing_in_white_list, Verdict::not_on_white_list, {{{3, 2}}, {{3, 2}}, {{3, 2}}, {{3, 2}}}},
        Shown{Fault::wrong_tac, Verdict::tac_wrong, {row(2), row(2), row(2), row(2)}}),
    [](const auto& shown) {
        std::string name(simulator::info(shown.param.fault).name);
        std::erase(name, '-');
        return name;
    });

TEST(PlantedFaults, AnExpiredCardPaysNowhere) {
    NetworkPlan plan = small_plan(cities);
    plan.faults = {{Fault::expired_card, 2}};
    for (const auto& round : run(plan))
        EXPECT_EQ(unplanned(round, Verdict::card_out_of_date), row(2));
}

TEST(PlantedFaults, APsamThatWasNotRenewedIsSeenByItsKey) {
    NetworkPlan plan = small_plan(cities);
    plan.faults = {{Fault::not_renewed, 2}};
    const auto rounds = run(plan);
    EXPECT_EQ(rounds[0].unplanned(), 0U);
    EXPECT_EQ(unplanned(rounds[1], Verdict::accepted), column(2)) << "pays, with the retiring key";
    EXPECT_EQ(unplanned(rounds[2], Verdict::accepted), column(2));
    for (std::size_t card = 0; card < cities; ++card) {
        const Outcome& outcome = rounds[3].outcomes[rounds[3].at(card, 2)];
        EXPECT_EQ(outcome.key_index, 1);
        EXPECT_EQ(outcome.verdict, card % 2 == 1 ? Verdict::no_such_key : Verdict::key_destroyed)
            << "a new card has no such key; an old one pays, and nobody can check it";
    }
    EXPECT_EQ(rounds[3].unplanned(), cities);
}

TEST(ExampleCities, AreEightyAndSixProjectsWithCodesOfTheirOwn) {
    std::set<std::string> codes, names;
    for (const City& city : example_cities()) {
        codes.insert(code_of(city));
        names.emplace(city.name.en);
        names.emplace(city.name.zh);
    }
    EXPECT_EQ(codes.size(), 86U);
    EXPECT_EQ(names.size(), 172U);
    EXPECT_EQ(std::ranges::count(example_cities(), true, &City::project), 6);
}

} // namespace
} // namespace tongka::simulator
