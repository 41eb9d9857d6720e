#include "cli/terminal_test/program_actor.hpp"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/lab/relay_chip.hpp"
#include "cli/terminal_test/child.hpp"
#include "cli/terminal_test/results.hpp"
#include "core/hex.hpp"
#include "harness/actor/terminal_counts.hpp"
#include "harness/actor/work_folder.hpp"
#include "harness/language/actions.hpp"

namespace tongka::cli {
namespace {

using harness::Line;
using harness::Lines;
using harness::Role;
using harness::Values;
using Clock = std::chrono::steady_clock;

constexpr int shell_cannot_run = 126;

/// One chip in a reader of the lab, served over a line of the case.
class Relay {
public:
    Relay(Role role, int socket, const Line& line, harness::TerminalCounts& counts)
        : role_(role), socket_(socket), line_(line), counts_(counts) {}

    [[nodiscard]] int socket() const { return socket_; }
    [[nodiscard]] bool has_gone() const { return gone_; }
    [[nodiscard]] bool is_silent_card() const { return role_ == Role::card && commands_ == 0; }

    /// What came before the program was started concerns nobody.
    void forget_what_waits() const {
        std::array<core::Byte, 1> byte{};
        while (::recv(socket_, byte.data(), byte.size(), MSG_DONTWAIT) > 0) {
        }
    }

    void serve() {
        core::Bytes message(65536 + 16);
        const auto size = ::recv(socket_, message.data(), message.size(), MSG_DONTWAIT);
        if (size <= 0)
            return;
        message.resize(static_cast<std::size_t>(size));
        if (message[0] == static_cast<core::Byte>(RelayMessage::reset)) {
            if (line_.reset)
                (void)line_.reset();
            return;
        }
        const auto answer = exchange(core::BytesView(message).subspan(1));
        (void)!::send(socket_, answer.data(), answer.size(), MSG_NOSIGNAL);
    }

private:
    core::Bytes exchange(core::BytesView command) {
        ++commands_;
        if (role_ == Role::card)
            counts_.count_card(command);
        if (role_ == Role::psam)
            counts_.count_psam(command);
        core::Bytes answer{static_cast<core::Byte>(RelayMessage::answer)};
        if (!line_.transmit) {
            core::append(answer, core::Bytes{0x6F, 0x00});
            return answer;
        }
        const auto given = line_.transmit(command);
        gone_ = !given;
        if (gone_)
            return {static_cast<core::Byte>(RelayMessage::gone)};
        core::append(answer, *given);
        return answer;
    }

    Role role_;
    int socket_;
    const Line& line_;
    harness::TerminalCounts& counts_;
    bool gone_ = false;
    unsigned commands_ = 0;
};

constexpr std::string_view placeholder_of(Role reader) {
    return reader == Role::card ? "card-reader" : reader == Role::psam ? "psam-reader" : "isam-reader";
}

class ProgramActor final : public harness::Actor {
public:
    explicit ProgramActor(ProgramTerminal program) : program_(std::move(program)) {
        const auto purchase = program_.commands.find("purchase");
        const auto& first = purchase == program_.commands.end() ? *program_.commands.begin() : *purchase;
        identity_.name = first.second.text();
        identity_.spec = "cmd:" + identity_.name;
    }

    [[nodiscard]] const harness::ActorIdentity& identity() const override { return identity_; }

    [[nodiscard]] core::Result<void> begin() override {
        folder_.reset();
        TONGKA_TRY(folder_, harness::WorkFolder::create(std::filesystem::temp_directory_path()));
        if (program_.before_each.empty())
            return {};
        TONGKA_TRY(auto child, Child::start(program_.before_each));
        pollfd ended{child.ended(), POLLIN, 0};
        ::poll(&ended, 1, static_cast<int>(std::chrono::milliseconds(program_.timeout).count()));
        if (const int status = child.exit_status(); status != 0)
            return core::fail(
                fmt::format("'{}', which goes before each case, ended with {}", program_.before_each, status));
        return {};
    }

    [[nodiscard]] core::Result<void> restart() override { return {}; }

    [[nodiscard]] std::optional<core::Text> why_not(std::string_view action, const Values&) const override {
        if (program_.commands.contains(action))
            return std::nullopt;
        return core::Text{"没有给出终端做这件事的命令（--cmd-…）",
                          "no command was given for what it asks of the terminal (--cmd-…)"};
    }
    [[nodiscard]] bool tells(std::string_view result) const override {
        return program_.tells_results || result == "outcome" || harness::is_terminal_count(result);
    }

    [[nodiscard]] core::Result<Values> act(std::string_view action, const Values& arguments,
                                           const Lines& lines) override {
        const auto& command = program_.commands.find(action)->second;
        harness::TerminalCounts counts;
        std::vector<Relay> relays;
        for (const auto& [role, socket] : program_.relays)
            relays.emplace_back(role, socket,
                                role == Role::card   ? lines.card
                                : role == Role::psam ? lines.psam
                                                     : lines.isam,
                                counts);
        for (const auto& relay : relays)
            relay.forget_what_waits();
        std::string said;
        const auto status = run(command.fill(filling(arguments)), relays, said);
        for (const auto& relay : relays)
            if (relay.has_gone()) {
                TONGKA_CHECK(program_.insert(reader_of(relay)));
            }
        if (!status)
            return core::fail(status.error());
        if (*status >= shell_cannot_run)
            return core::fail(
                fmt::format("'{}' could not be run, or was killed: exit status {}", command.text(), *status));
        if (std::ranges::any_of(relays, [](const Relay& relay) { return relay.is_silent_card(); }))
            return core::fail(fmt::format("'{}' ended with {} and sent nothing to the card: it shows nothing",
                                          command.text(), *status));
        Values results;
        if (program_.tells_results) {
            TONGKA_CHECK(read_results(said, action, results));
        }
        if (results.find("outcome") == nullptr)
            results.set_word("outcome", *status == 0 ? "accepted" : "refused");
        counts.tell(results);
        return results;
    }

private:
    [[nodiscard]] const std::string& reader_of(const Relay& relay) const {
        const auto found =
            std::ranges::find_if(program_.relays, [&](const auto& one) { return one.second == relay.socket(); });
        return program_.readers.at(found->first);
    }

    [[nodiscard]] CommandTemplate::Filling filling(const Values& arguments) const {
        const auto amount = arguments.number("amount");
        CommandTemplate::Filling filling{{"amount", std::to_string(amount)},
                                         {"amount-yuan", fmt::format("{}.{:02}", amount / 100, amount % 100)},
                                         {"folder", folder_->path().native()}};
        for (const auto* name : {"date", "time", "station"})
            filling.emplace_back(name, core::to_hex(arguments.bytes(name)));
        for (const auto& [role, reader] : program_.readers)
            filling.emplace_back(placeholder_of(role), reader);
        return filling;
    }

    /// The exit status of the command; what it printed goes to `said`.
    [[nodiscard]] core::Result<int> run(const std::string& command, std::vector<Relay>& relays,
                                        std::string& said) const {
        TONGKA_TRY(auto child, Child::start(command));
        const auto end = Clock::now() + program_.timeout;
        bool speaks = true;
        while (true) {
            std::vector<pollfd> polled{{child.ended(), POLLIN, 0}, {speaks ? child.output() : -1, POLLIN, 0}};
            for (const auto& relay : relays)
                polled.push_back({relay.socket(), POLLIN, 0});
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
            if (left <= 0 || ::poll(polled.data(), polled.size(), static_cast<int>(left)) == 0)
                return core::fail(fmt::format("'{}' did not end within {} s", command, program_.timeout.count()));
            for (std::size_t i = 0; i < relays.size(); ++i)
                if (polled[i + 2].revents != 0)
                    relays[i].serve();
            if (polled[1].revents != 0) {
                std::array<char, 4096> piece{};
                const auto size = ::read(child.output(), piece.data(), piece.size());
                speaks = size > 0;
                said.append(piece.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
            }
            if (polled[0].revents != 0 && polled[1].revents == 0)
                return child.exit_status();
        }
    }

    ProgramTerminal program_;
    std::unique_ptr<harness::WorkFolder> folder_;
    harness::ActorIdentity identity_;
};

} // namespace

std::vector<std::string_view> placeholders_of(std::string_view action) {
    std::vector<std::string_view> names{"card-reader", "psam-reader", "isam-reader", "folder"};
    const auto* info = harness::find_action(Role::terminal, action);
    for (const auto* name : {"amount", "date", "time", "station"})
        if (harness::find_slot(info->parameters, name) != nullptr)
            names.emplace_back(name);
    if (std::ranges::find(names, "amount") != names.end())
        names.emplace_back("amount-yuan");
    return names;
}

std::unique_ptr<harness::Actor> program_actor(ProgramTerminal program) {
    return std::make_unique<ProgramActor>(std::move(program));
}

} // namespace tongka::cli
