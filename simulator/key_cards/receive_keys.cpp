#include "simulator/key_cards/receive_keys.hpp"

#include <fmt/format.h>

#include "core/keys/transport.hpp"
#include "simulator/key_cards/authentication_card.hpp"
#include "simulator/key_cards/line.hpp"

namespace tongka::simulator {
namespace {

using core::Byte;
using core::Bytes;
using core::BytesView;
using core::SecretBytes;

constexpr std::string_view mother_name = "mother card";
constexpr std::string_view authentication_name = "authentication card";
constexpr std::size_t number_size = open_session_answer::number_size;
constexpr std::size_t information_size = 11;

SecretBytes with_data(std::initializer_list<Byte> header, BytesView data) {
    SecretBytes command(header);
    command.push_back(static_cast<Byte>(data.size()));
    command.insert(command.end(), data.begin(), data.end());
    return command;
}

Bytes read_file(std::uint16_t id, std::size_t size) {
    return {0x00, 0xB0, static_cast<Byte>(0x80 | id), 0x00, static_cast<Byte>(size)};
}

/// File 0015, of a card that is what it should be.
core::Result<SecretBytes> information(const Transmit& card, std::string_view name, KeyCardType type) {
    TONGKA_TRY(auto content, ask_card(card, name, "read file 0015",
                                      read_file(key_card::information_file, information_size), information_size));
    if (content.front() != static_cast<Byte>(type))
        return core::fail(fmt::format("{0}: file 0015 says that it is no {0}", name));
    return content;
}

core::Result<void> check_cards(const Transmit& mother, const Transmit& authentication, const core::KeyStore& into) {
    TONGKA_TRY(const auto load, information(mother, mother_name, KeyCardType::mother));
    TONGKA_TRY(const auto other, information(authentication, authentication_name, KeyCardType::authentication));
    if (!core::equal(BytesView(load).subspan(1), BytesView(other).subspan(1)))
        return core::fail("authentication card: it belongs to another mother card");
    const core::KeyOwner owner{{{load[1], load[2]}}};
    if (into.owner() != owner)
        return core::fail(fmt::format("mother card: its keys are of city {}, the store's of {}", core::to_text(owner),
                                      core::to_text(into.owner())));
    if (!into.records().empty())
        return core::fail("the store has keys already: receive into an empty one, and import from there");
    TONGKA_TRY(const auto left,
               ask_card(mother, mother_name, "read file 0002", read_file(key_card::emptyings_file, 1), 1));
    if (left.front() == 0)
        return core::fail("mother card: it has been emptied as often as it may be");
    return {};
}

core::Result<void> authenticate(const Transmit& mother, const Transmit& authentication, BytesView pin) {
    TONGKA_CHECK(ask_card(authentication, authentication_name, "VERIFY", with_data({0x00, 0x20, 0x00, 0x00}, pin))
                     .map([](const auto&) {}));
    TONGKA_TRY(const auto challenge,
               ask_card(mother, mother_name, "GET CHALLENGE", Bytes{0x00, 0x84, 0x00, 0x00, 0x08}, 8));
    TONGKA_TRY(const auto cryptogram,
               ask_card(authentication, authentication_name, "INTERNAL AUTHENTICATION",
                        with_data({0x00, 0x88, 0x00, key_card::authentication_key}, challenge), 8));
    TONGKA_CHECK(ask_card(mother, mother_name, "EXTERNAL AUTHENTICATION",
                          with_data({0x00, 0x82, 0x00, key_card::authentication_key}, cryptogram))
                     .map([](const auto&) {}));
    return {};
}

core::Result<core::ReceiverSession> read_session(BytesView answer) {
    const auto algorithm = core::algorithm_of(answer.front());
    if (!algorithm || *algorithm == core::Algorithm::des)
        return core::fail("authentication card: OPEN SESSION: the session is of no algorithm that is known");
    std::array<std::array<Byte, number_size>, 3> numbers;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        std::ranges::copy(answer.subspan(1 + i * number_size, number_size), numbers[i].begin());
    const auto keys = answer.last(32);
    TONGKA_TRY(const auto encryption, core::Key::create(*algorithm, keys.first(16)));
    TONGKA_TRY(const auto mac, core::Key::create(*algorithm, keys.last(16)));
    return core::ReceiverSession{numbers[0],
                                 core::TransportSession(numbers[1], numbers[2], encryption, mac, numbers[0])};
}

core::OpenSession session_from(const Transmit& authentication, core::Random& random) {
    return [&](BytesView sender_random) -> core::Result<core::ReceiverSession> {
        std::array<Byte, number_size> own;
        random.fill(own);
        TONGKA_TRY(const auto answer,
                   ask_card(authentication, authentication_name, "OPEN SESSION",
                            with_data({0x80, 0xF2, 0x00, 0x00}, core::concatenate({sender_random, own})),
                            open_session_answer::size));
        return read_session(answer);
    };
}

} // namespace

core::Result<void> receive_keys(const Transmit& mother, const Transmit& authentication, BytesView pin,
                                core::Random& random, core::KeyStore& into) {
    TONGKA_CHECK(check_cards(mother, authentication, into));
    TONGKA_CHECK(authenticate(mother, authentication, pin));
    core::TransportReceiver receiver(session_from(authentication, random), into);
    const auto transfer = [&](std::string_view step, BytesView command) {
        return ask_card(mother, mother_name, step, command);
    };
    const auto told = [](std::string_view step, auto result) {
        return result.map_error([&](const core::Error& error) { return error.at(step); });
    };
    TONGKA_TRY(const auto hello, transfer("begin of the transfer", Bytes{0x80, 0xF0, 0x01, 0x00, 0x00}));
    TONGKA_TRY(const auto answer, receiver.answer(hello));
    TONGKA_TRY(const auto proof, transfer("answer to it", with_data({0x80, 0xF0, 0x02, 0x00}, answer)));
    TONGKA_CHECK(told("proof of the mother card", receiver.take(proof)));
    while (!receiver.done()) {
        TONGKA_TRY(const auto message, transfer("next key", Bytes{0x80, 0xF0, 0x03, 0x00, 0x00}));
        TONGKA_CHECK(told("keys of the mother card", receiver.take(message)));
    }
    return {};
}

} // namespace tongka::simulator
