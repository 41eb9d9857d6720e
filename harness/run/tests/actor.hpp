#pragma once

#include "core/hex.hpp"
#include "harness/device/actor.hpp"

namespace tongka::harness {

/// A terminal of the tests: it asks the card for a challenge and its balance, and takes what is not dearer than the
/// limit it was given. Whether it looks at the limit is what makes it right or wrong.
class TestTerminal final : public Actor {
public:
    explicit TestTerminal(bool looks_at_limit = true) : looks_at_limit_(looks_at_limit) {
        identity_ = {.spec = "test:terminal", .name = "Test terminal", .version = "1.2", .sha256 = "00FF"};
    }

    const ActorIdentity& identity() const override { return identity_; }
    core::Result<void> begin() override {
        limit_ = 0;
        ++begun;
        return {};
    }
    core::Result<void> restart() override {
        ++restarted;
        return {};
    }
    core::Result<Values> act(std::string_view action, const Values& arguments, const Lines& lines) override {
        if (action == "parameters") {
            limit_ = arguments.number("most-amount");
            return Values().set_word("outcome", "accepted");
        }
        if (action == "recover")
            return Values().set_word("outcome", "unknown").set_number("debits", 0).set("colour", core::Bytes{1});
        if (action == "tap-in") {
            // A wrong PIN makes the card write; then it is asked again, which a card that is away does not answer.
            for (const auto* command : {"00A4040009A0000000038698070100", "0020000003000000", "0084000004"})
                if (!lines.card.transmit(core::from_hex(std::string(command)).value()))
                    ++unanswered;
            return Values().set_word("outcome", unanswered == 0 ? "accepted" : "unknown").set_number("debits", 0);
        }
        if (action != "purchase")
            return core::fail("the terminal program is gone");
        if (!lines.card.transmit || !lines.card.transmit(core::from_hex("0084000004").value()))
            return Values().set_word("outcome", "unknown").set_word("reason", "card-left").set_number("debits", 0);
        if (looks_at_limit_ && arguments.number("amount") > limit_)
            return Values()
                .set_word("outcome", "refused")
                .set_word("reason", "amount-over-limit")
                .set_number("debits", 0);
        return Values()
            .set_word("outcome", "accepted")
            .set_number("debits", 1)
            .set("amount", core::BytesView(arguments.bytes("amount")))
            .set("tac", core::from_hex("11223344").value());
    }

    unsigned begun = 0;
    unsigned restarted = 0;
    unsigned unanswered = 0;

private:
    ActorIdentity identity_;
    bool looks_at_limit_;
    std::uint32_t limit_ = 0;
};

} // namespace tongka::harness
