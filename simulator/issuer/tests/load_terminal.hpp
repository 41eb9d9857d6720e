#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/hex.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/issuer/host/load_host.hpp"

/// A terminal that loads, for tests of the load host: what stands between card and host, and may lose any message.
namespace tongka::simulator {

/// A message was lost; the terminal knows no more than that.
struct CutOff {};

/// Counts messages to card and host, and their answers; loses one of them.
class Line {
public:
    explicit Line(std::optional<unsigned> lose = std::nullopt) : lose_(lose) {}

    void pass() {
        if (lose_ && passed_++ == *lose_)
            throw CutOff{};
    }

private:
    std::optional<unsigned> lose_;
    unsigned passed_ = 0;
};

class LoadTerminal {
public:
    static constexpr std::array<core::Byte, 6> number{0x00, 0x11, 0x22, 0x33, 0x44, 0x55};

    LoadTerminal(Chip& card, Asn asn, std::array<core::Byte, 2> city, core::Byte type)
        : card_(card), asn_(asn), city_(city), type_(type) {}

    /// Puts the card into the field anew, chooses its application, and shows the PIN, which an ED asks for.
    void start(Line& line) {
        card_.power_off();
        (void)card_.power_on();
        const auto selected = send(line, "00A4040009A00000000386980701");
        if (selected.empty())
            throw std::runtime_error("no application");
        if (type_ == 0x01 && send(line, "0020000003123456") != "9000")
            throw std::runtime_error("the PIN is refused");
    }

    [[nodiscard]] std::uint32_t balance() {
        Line line;
        const auto answer = core::from_hex(send(line, "805C00" + byte(type_) + "04")).value();
        return static_cast<std::uint32_t>(core::read_big_endian(core::BytesView(answer).first(4)));
    }

    [[nodiscard]] LoadRequest initialize(Line& line, std::uint32_t amount,
                                         std::array<core::Byte, 6> terminal = number) {
        const auto answer = send(line, "805000" + byte(type_) + "0B01" + hex(amount) + core::to_hex(terminal) + "10");
        if (answer.size() != 36)
            throw std::runtime_error("INITIALIZE FOR LOAD: " + answer);
        return {.asn = asn_,
                .city = city_,
                .type = type_,
                .key_index = 0x01,
                .amount = amount,
                .terminal = terminal,
                .answer = InitializeAnswer::parse(core::from_hex(answer.substr(0, 32)).value()).value()};
    }

    [[nodiscard]] core::Mac credit(Line& line, const Authorisation& authorisation) {
        return tac_of(
            send(line, "805200000B" + core::to_hex(authorisation.date_time) + core::to_hex(authorisation.mac2) + "04"),
            0);
    }

    static auto call(Line& line, const auto& act) {
        line.pass();
        auto result = act();
        line.pass();
        if (!result)
            throw std::runtime_error(result.error().message);
        return *std::move(result);
    }

    /// The whole of a load.
    void load(LoadHost& host, std::uint32_t amount, Line& line) {
        const auto request = initialize(line, amount);
        const auto authorisation = granted(call(line, [&] { return host.authorise(request); }));
        const auto tac = credit(line, authorisation);
        const auto state =
            granted(call(line, [&] { return host.confirm(name(request), tac, request.answer.old_balance + amount); }));
        if (state != LoadState::booked)
            throw std::runtime_error("the load is not done");
    }

    /// After a cut: all that the terminal knows is what host and card tell it.
    void recover(LoadHost& host, Line& line) {
        start(line);
        const auto open = call(line, [&] { return host.open_load(asn_, type_); });
        if (!open)
            return;
        const LoadName name{.asn = asn_, .type = type_, .counter = open->counter};
        const auto proof = send(line, "805A00" + byte(type_) + "02" + hex(open->prove_counter).substr(4) + "08");
        if (proof.size() == 20) {
            const TacEvidence evidence{tac_of(proof, 4)};
            if (granted(call(line, [&] { return host.resolve(name, evidence); })) == LoadState::booked)
                return;
        }
        const auto request = initialize(line, 1, open->challenge);
        const auto state = granted(call(line, [&] { return host.resolve(name, evidence_of(request)); }));
        if (state != LoadState::cancelled)
            throw std::runtime_error("the load is still open");
    }

    static InitializeEvidence evidence_of(const LoadRequest& request) {
        return {.key_index = request.key_index, .amount = request.amount, .answer = request.answer};
    }
    static LoadName name(const LoadRequest& request) {
        return {.asn = request.asn, .type = request.type, .counter = request.answer.counter};
    }

    std::string send(Line& line, const std::string& command) {
        line.pass();
        const auto answer = core::to_hex(card_.exchange(core::from_hex(command).value()));
        if (answer.empty()) // the card has lost its power
            throw CutOff{};
        line.pass();
        return answer;
    }

    static std::string hex(std::uint32_t value) { return core::to_hex(core::big_endian(value, 4)); }

private:
    static std::string byte(core::Byte value) { return core::to_hex(core::Bytes{value}); }

    static core::Mac tac_of(const std::string& answer, std::size_t offset) {
        if (answer.size() != 2 * offset + 12 || !answer.ends_with("9000"))
            throw std::runtime_error("no TAC: " + answer);
        core::Mac tac{};
        std::ranges::copy(core::from_hex(answer.substr(2 * offset, 8)).value(), tac.begin());
        return tac;
    }

    template <typename T>
    static T granted(const Decision<T>& decision) {
        if (const auto* refusal = std::get_if<Refusal>(&decision))
            throw std::runtime_error(std::string(describe(*refusal).en));
        return std::get<T>(decision);
    }

    Chip& card_;
    Asn asn_;
    std::array<core::Byte, 2> city_;
    core::Byte type_;
};

} // namespace tongka::simulator
