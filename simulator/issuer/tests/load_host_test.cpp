#include <gmock/gmock.h>

#include "core/crypto/derivation.hpp"
#include "simulator/issuer/tests/load_fixture.hpp"

namespace tongka::simulator {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LoadHostTest : public testing::TestWithParam<LoadKind> {
protected:
    Decision<Authorisation> authorise() { return world.host->authorise(request).value(); }
    Authorisation authorised() { return std::get<Authorisation>(authorise()); }
    Decision<LoadState> confirm(const core::Mac& tac, std::uint32_t balance) {
        return world.host->confirm(LoadTerminal::name(request), tac, balance).value();
    }
    Decision<LoadState> resolve(const Evidence& evidence) {
        return world.host->resolve(LoadTerminal::name(request), evidence).value();
    }
    LoadRequest initialize(std::uint32_t amount) { return world.terminal.initialize(line, amount); }
    /// What the host asks for when a load was cut off.
    LoadRequest initialize_for_proof() {
        const auto open = world.host->open_load(request.asn, request.type).value();
        return world.terminal.initialize(line, 1, open.value().challenge);
    }

    /// Evidence of a card with this balance and counter, under its right key.
    InitializeEvidence evidence_with(std::uint32_t balance, std::uint16_t counter) {
        const auto challenge = world.host->open_load(request.asn, request.type).value().value().challenge;
        InitializeAnswer answer = request.answer;
        answer.old_balance = balance;
        answer.counter = counter;
        answer.random = {0xA1, 0xA2, 0xA3, 0xA4};
        const std::array<core::Byte, 8> input{
            0xA1, 0xA2, 0xA3, 0xA4, static_cast<core::Byte>(counter >> 8), static_cast<core::Byte>(counter), 0x80, 0};
        const auto* key = core::find_key(world.profile.card.keys, "DLK", 0x01);
        answer.mac1 = core::transaction_mac(
            core::session_key(key->key, input),
            {core::big_endian(balance, 4), core::big_endian(5, 4), core::Bytes{request.type}, challenge});
        return {.key_index = 0x01, .amount = 5, .answer = answer};
    }

    /// Nothing is on hold, and the account is whole.
    void expect_refused(Refusal refusal) {
        EXPECT_EQ(authorise(), Decision<Authorisation>(refusal)) << describe(refusal).en;
        EXPECT_EQ(world.accounts->totals().value(), (Totals{.accounts = LoadWorld::account_start}));
    }
    void expect_held(std::uint64_t amount) {
        EXPECT_EQ(world.accounts->totals().value().held, amount);
        world.expect_money_kept();
    }

    LoadWorld world{GetParam()};
    Line line;
    LoadRequest request = initialize(2500);
};

TEST_P(LoadHostTest, ARightLoadMovesTheMoneyOnce) {
    const auto authorisation = authorised();
    EXPECT_EQ(core::to_hex(authorisation.date_time), "20261122120000") << "noon in China";
    expect_held(2500);
    const auto tac = world.terminal.credit(line, authorisation);
    EXPECT_EQ(confirm(tac, 2600), Decision<LoadState>(LoadState::booked));
    world.expect_agreement();
    const auto loads = world.loads();
    ASSERT_EQ(loads.size(), 1U);
    EXPECT_EQ(loads[0].tac, tac);
    EXPECT_EQ(loads[0].old_balance, 100U);
    EXPECT_EQ(loads[0].new_balance, 2600U);

    EXPECT_EQ(confirm(tac, 2600), Decision<LoadState>(LoadState::booked)) << "told again";
    EXPECT_EQ(confirm(tac, 2601), Decision<LoadState>(Refusal::wrong_tac));
    EXPECT_EQ(resolve(TacEvidence{tac}), Decision<LoadState>(LoadState::booked));
    world.expect_agreement();
    EXPECT_EQ(authorise(), Decision<Authorisation>(Refusal::load_booked));
    world.expect_agreement();
}

TEST_P(LoadHostTest, ARequestThatComesAgainGetsTheSameAnswer) {
    const auto first = authorised();
    world.restart();
    world.clock = core::FixedClock(world.clock.now() + std::chrono::hours(1));
    const auto again = authorised();
    EXPECT_EQ(again.mac2, first.mac2);
    EXPECT_EQ(again.date_time, first.date_time);
    expect_held(2500);
    EXPECT_EQ(confirm(world.terminal.credit(line, again), 2600), Decision<LoadState>(LoadState::booked));
    world.expect_agreement();
}

TEST_P(LoadHostTest, AWrongMac1IsCountedAndHoldsNothing) {
    const LoadRequest right = request;
    const auto wrong_by = [&](const auto& change) {
        request = right;
        change(request);
        expect_refused(Refusal::wrong_mac1);
    };
    wrong_by([](LoadRequest& r) { r.answer.mac1[3] ^= 0x01; });
    wrong_by([](LoadRequest& r) { r.amount += 1; });
    wrong_by([](LoadRequest& r) { r.terminal[5] ^= 0x01; });
    wrong_by([](LoadRequest& r) { r.type ^= 0x03; });
    wrong_by([](LoadRequest& r) { r.answer.old_balance -= 1; });
    wrong_by([](LoadRequest& r) { r.answer.counter += 1; });
    wrong_by([](LoadRequest& r) { r.answer.random[0] ^= 0x80; });
    EXPECT_EQ(world.accounts->card(right.asn).value().value().wrong_mac1, 7U);
    request = right;
    (void)authorised();
    EXPECT_EQ(world.accounts->card(right.asn).value().value().wrong_mac1, 7U);
}

TEST_P(LoadHostTest, WhatMayNotBeLoadedIsRefused) {
    const LoadRequest right = request;
    const auto refused_for = [&](Refusal refusal, const auto& change) {
        request = right;
        change(request);
        expect_refused(refusal);
    };
    refused_for(Refusal::wrong_type, [](LoadRequest& r) { r.type = 0x03; });
    refused_for(Refusal::wrong_amount, [](LoadRequest& r) { r.amount = 0; });
    refused_for(Refusal::unknown_card, [](LoadRequest& r) { r.asn[7] ^= 0x01; });
    refused_for(Refusal::other_city, [](LoadRequest& r) { r.city[0] ^= 0x01; });
    refused_for(Refusal::wrong_algorithm, [](LoadRequest& r) { r.answer.algorithm ^= 0x04; });
    refused_for(Refusal::wrong_algorithm, [](LoadRequest& r) { r.answer.algorithm = 0x55; });
    ASSERT_TRUE(world.accounts->set_blocked(right.asn, true));
    refused_for(Refusal::card_blocked, [](LoadRequest&) {});
    ASSERT_TRUE(world.accounts->set_blocked(right.asn, false));
    request = initialize(LoadWorld::account_start + 1);
    expect_refused(Refusal::not_enough_money);
    request = initialize(LoadWorld::account_start);
    (void)authorised();
    expect_held(LoadWorld::account_start);
}

TEST_P(LoadHostTest, TheBalanceHasALimit) {
    ASSERT_TRUE(world.accounts->deposit("payer", 100'000'000));
    ASSERT_TRUE(world.profile.rules.set("balance-limit", "FFFFFF"));
    request = initialize(0xFFFFFF - 100);
    (void)authorised(); // just to the limit

    auto generous = GetParam();
    LoadWorld other(generous); // a card that lets more in than its host
    ASSERT_TRUE(other.accounts->deposit("payer", 100'000'000));
    Deviations deviations;
    deviations.add(Deviation::balance_limit_ignored);
    other.card = make_card(other.profile, std::make_unique<core::SeededRandom>(1), deviations).value();
    LoadTerminal terminal(*other.card, request.asn, request.city, request.type);
    terminal.start(line);
    EXPECT_EQ(other.host->authorise(terminal.initialize(line, 0xFFFFFF - 99)).value(),
              Decision<Authorisation>(Refusal::over_balance_limit));
}

TEST_P(LoadHostTest, AnUnknownKeyIsAnErrorThatNamesIt) {
    request.answer.key_version = 0x7F;
    const auto result = world.host->authorise(request);
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message,
                AllOf(HasSubstr("key DLK.01 version 7F of card 2144000000000001: "), Not(HasSubstr("\n"))));
    EXPECT_EQ(world.accounts->totals().value(), (Totals{.accounts = LoadWorld::account_start}));
}

TEST_P(LoadHostTest, AnOpenLoadBarsOthersOfItsPurse) {
    (void)authorised();
    const auto first = request;
    request = initialize(2500); // same counter, another random number
    EXPECT_EQ(authorise(), Decision<Authorisation>(Refusal::load_open));
    expect_held(2500);

    request = first;
    EXPECT_EQ(resolve(LoadTerminal::evidence_of(initialize_for_proof())), Decision<LoadState>(LoadState::cancelled));
    EXPECT_EQ(authorise(), Decision<Authorisation>(Refusal::load_cancelled));
    expect_held(0);
    world.terminal.load(*world.host, 2500, line);
    world.expect_agreement();
}

TEST_P(LoadHostTest, ARequestOfBeforeTheLastLoadIsRefused) {
    const auto stale = request;
    world.terminal.load(*world.host, 300, line);
    request = stale; // never authorised; its MAC1 is right
    EXPECT_EQ(authorise(), Decision<Authorisation>(Refusal::counter_used));
    world.expect_agreement();
}

TEST_P(LoadHostTest, AWrongTacLeavesTheMoneyOnHold) {
    auto tac = world.terminal.credit(line, authorised());
    tac[0] ^= 0x01;
    EXPECT_EQ(confirm(tac, 2600), Decision<LoadState>(LoadState::disputed));
    expect_held(2500);
    EXPECT_EQ(resolve(TacEvidence{tac}), Decision<LoadState>(LoadState::disputed));
    EXPECT_EQ(resolve(LoadTerminal::evidence_of(initialize_for_proof())), Decision<LoadState>(LoadState::disputed))
        << "the counter has moved: this does not tell that it was not done";
    expect_held(2500);
    tac[0] ^= 0x01;
    EXPECT_EQ(confirm(tac, 2500), Decision<LoadState>(LoadState::disputed)) << "the TAC covers the new balance";
    EXPECT_EQ(confirm(tac, 2600), Decision<LoadState>(LoadState::booked)) << "the right TAC comes later";
    world.expect_agreement();
}

TEST_P(LoadHostTest, AWrongTacOfALoadNeverDoneEndsInItsCancelling) {
    (void)authorised();
    EXPECT_EQ(confirm({}, 2600), Decision<LoadState>(LoadState::disputed));
    EXPECT_EQ(resolve(LoadTerminal::evidence_of(initialize_for_proof())), Decision<LoadState>(LoadState::cancelled));
    world.expect_agreement();
    EXPECT_EQ(confirm({}, 2600), Decision<LoadState>(Refusal::load_cancelled));
    world.expect_agreement();
}

// A terminal that keeps a MAC1 of before the load cannot have the money back for a load that was done.
TEST_P(LoadHostTest, AMac1OfBeforeTheLoadProvesNothing) {
    const auto stale = initialize(1);
    request = initialize(2500);
    (void)world.terminal.credit(line, authorised());
    EXPECT_EQ(resolve(LoadTerminal::evidence_of(stale)), Decision<LoadState>(Refusal::wrong_mac1));
    expect_held(2500);
    EXPECT_EQ(resolve(LoadTerminal::evidence_of(initialize_for_proof())), Decision<LoadState>(LoadState::authorised));
    expect_held(2500);
    world.terminal.recover(*world.host, line);
    world.expect_agreement();
}

TEST_P(LoadHostTest, CounterAndBalanceTellThatALoadWasNotDone) {
    (void)authorised();
    const auto counter = request.answer.counter;
    const auto next = static_cast<std::uint16_t>(counter + 1);
    for (const auto& [balance, at] : {std::pair<std::uint32_t, std::uint16_t>{100, next}, {40, next}, {101, counter}}) {
        EXPECT_EQ(resolve(evidence_with(balance, at)), Decision<LoadState>(LoadState::authorised)) << balance;
        expect_held(2500);
    }
    EXPECT_EQ(resolve(evidence_with(40, counter)), Decision<LoadState>(LoadState::cancelled))
        << "something was bought meanwhile";
    expect_held(0);
}

// What cancels a load on the host has put an end to it on the card.
TEST_P(LoadHostTest, TheCardTakesNoMac2OfACancelledLoad) {
    const auto authorisation = authorised();
    const auto proof = initialize_for_proof(); // the card keeps its power
    EXPECT_EQ(resolve(LoadTerminal::evidence_of(proof)), Decision<LoadState>(LoadState::cancelled));
    EXPECT_EQ(world.terminal.send(line, "805200000B" + core::to_hex(authorisation.date_time) +
                                            core::to_hex(authorisation.mac2) + "04"),
              "9302");
    world.expect_agreement();
}

TEST_P(LoadHostTest, EvidenceOfAnotherPurseOrCardProvesNothing) {
    const auto tac = world.terminal.credit(line, authorised());
    auto name = LoadTerminal::name(request);
    name.type ^= 0x03;
    EXPECT_EQ(world.host->resolve(name, TacEvidence{tac}).value(), Decision<LoadState>(Refusal::unknown_load));
    EXPECT_EQ(world.host->confirm(name, tac, 2600).value(), Decision<LoadState>(Refusal::unknown_load));
    auto proof = LoadTerminal::evidence_of(initialize_for_proof());
    proof.answer.mac1[0] ^= 0x01;
    EXPECT_EQ(resolve(proof), Decision<LoadState>(Refusal::wrong_mac1));
    EXPECT_EQ(world.accounts->card(request.asn).value().value().wrong_mac1, 1U);
    expect_held(2500);
}

TEST(InitializeAnswerTest, HasSixteenBytes) {
    const auto data = core::from_hex("00000064000701044780CF7F11223344").value();
    const auto answer = InitializeAnswer::parse(data);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->old_balance, 100U);
    EXPECT_EQ(answer->counter, 7U);
    EXPECT_EQ(answer->key_version, 0x01);
    EXPECT_EQ(answer->algorithm, 0x04);
    EXPECT_EQ(core::to_hex(answer->random), "4780CF7F");
    EXPECT_EQ(core::to_hex(answer->mac1), "11223344");
    EXPECT_FALSE(InitializeAnswer::parse(core::BytesView(data).first(15)));
}

TEST(RefusalTest, EachIsDescribedInBothLanguages) {
    for (int i = 0; i <= static_cast<int>(Refusal::wrong_tac); ++i) {
        const auto text = describe(static_cast<Refusal>(i));
        EXPECT_FALSE(text.en.empty()) << i;
        EXPECT_FALSE(text.zh.empty()) << i;
    }
}

const LoadKind kinds[] = {
    {"city-union", 0x02, "before", "after"},
    {"city-union", 0x01, "after", "before"},
    {"sm4", 0x02, "after", "before"},
    {"sm4", 0x01, "before", "after"},
};
INSTANTIATE_TEST_SUITE_P(Cards, LoadHostTest, testing::ValuesIn(kinds), test_name);

} // namespace
} // namespace tongka::simulator
