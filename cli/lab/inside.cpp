#include "cli/lab/inside.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "cli/lab/control_server.hpp"
#include "cli/lab/process.hpp"
#include "cli/lab/ready.hpp"
#include "cli/lab/slots.hpp"
#include "simulator/virtual_reader/echo_chip.hpp"

namespace tongka::cli {

using simulator::Descriptor;
using namespace std::chrono_literals;

namespace {

constexpr simulator::Budget card_budget = 15s;
constexpr simulator::Budget taken_budget = 5s;       // after which a slot that nobody polled is taken
constexpr simulator::Budget longer_than_a_poll = 1s; // pcscd polls every 0.4 s
/// A dead pcscd is seen by its clients a moment before the system tells of its end.
constexpr int milliseconds_to_die = 300;
constexpr std::uint16_t first_port = 0x8C7B; // vpcd's own default; alone in its network namespace

/// Both listeners of each block, for a vpcd that connects out: to a port for slot 0 and the next one for slot 1.
struct Block {
    simulator::Listener slots[2];
};

core::Result<Block> listen_for_block() {
    core::Error last;
    for (int attempt = 0; attempt < 100; ++attempt) {
        TONGKA_TRY(auto first, simulator::listen_on_loopback(0));
        auto second = simulator::listen_on_loopback(static_cast<std::uint16_t>(first.port + 1));
        if (second)
            return Block{{std::move(first), *std::move(second)}};
        last = second.error();
    }
    return core::fail(last);
}

/// The lab from the inside.
class Inside {
public:
    Inside(LabPlan& plan, Workspace& workspace, int link) : plan_(plan), workspace_(workspace), link_(link) {}

    core::Result<void> run() {
        TONGKA_CHECK(prepare());
        if (::send(link_, ready_message.data(), ready_message.size(), MSG_NOSIGNAL) < 0)
            return {};
        ::alarm(0);
        return serve();
    }

private:
    core::Result<void> prepare() {
        if (plan_.options.attach) {
            TONGKA_CHECK(open_states());
            return attach();
        }
        bool listens = plan_.direction == Direction::listens;
        std::error_code ignored;
        if (plan_.identity && !listens)
            std::filesystem::create_directory("/run/pcscd",
                                              ignored); // pcscd does not start without, and could not make it
        TONGKA_CHECK(workspace_.enter());
        if (plan_.identity)
            TONGKA_CHECK(become(*plan_.identity));
        if (listens)
            if (auto entered = enter_namespaces(); !entered)
                return core::fail(std::string(refused) + entered.error().message);
        TONGKA_CHECK(open_states());
        ::setenv("PCSCLITE_CSOCK_NAME", workspace_.pcscd_socket().c_str(), 1);
        auto up = listens ? bring_up_listening() : bring_up_connecting_out();
        return up ? up : core::fail(with_pcscds_words(up.error()));
    }

    core::Result<void> open_states() {
        for (auto& device : plan_.devices)
            if (device.open_state)
                TONGKA_CHECK(device.open_state());
        return {};
    }

    core::Error with_pcscds_words(core::Error error) const {
        if (pcscd_ && readable_within(pcscd_->ended.get(), milliseconds_to_die))
            error = {"pcscd ended"};
        if (auto said = last_line(workspace_.log()); !said.empty())
            error.message += "; pcscd said: " + said;
        return error;
    }

    core::Result<void> attach() {
        auto& device = plan_.devices.front();
        TONGKA_CHECK(slots_.plug_in(device, plan_.options.attach->text(), *plan_.options.attach));
        return slots_.wait_until_polled(taken_budget);
    }

    core::Result<void> bring_up_listening() {
        std::vector<std::uint16_t> ports;
        for (std::size_t i = 0; i < plan_.layout.blocks.size(); ++i)
            ports.push_back(static_cast<std::uint16_t>(first_port + 2 * i));
        TONGKA_CHECK(start_pcscd(ports));
        TONGKA_CHECK(connect_client());
        for (std::size_t i = 0; i < plan_.devices.size(); ++i) {
            const auto& place = plan_.layout.places[i];
            auto port = static_cast<std::uint16_t>(ports[place.block] + place.slot);
            TONGKA_CHECK(slots_.plug_in(plan_.devices[i], place.reader, simulator::Address{"127.0.0.1", port}));
        }
        return wait_for_cards();
    }

    /// vpcd 3.3 mistakes the number of a socket that it has closed for a connection, and pcscd aborts: all slots must
    /// find a card when they look, and keep it. The slots without a device get a blank one.
    core::Result<void> bring_up_connecting_out() {
        std::vector<Block> listeners;
        std::vector<std::uint16_t> ports;
        for (std::size_t i = 0; i < plan_.layout.blocks.size(); ++i) {
            TONGKA_TRY(auto block, listen_for_block());
            ports.push_back(block.slots[0].port);
            listeners.push_back(std::move(block));
        }
        TONGKA_CHECK(start_pcscd(ports));
        for (std::size_t block = 0; block < listeners.size(); ++block) {
            for (unsigned slot = 0; slot < 2; ++slot) {
                TONGKA_TRY(auto connection, accept_vpcd(listeners[block].slots[slot]));
                plug_in_at(block, slot, std::move(connection));
            }
        }
        TONGKA_CHECK(connect_client());
        return wait_for_cards();
    }

    core::Result<Descriptor> accept_vpcd(const simulator::Listener& listener) {
        std::array<pollfd, 2> wait{{{listener.socket.get(), POLLIN, 0}, {pcscd_->ended.get(), POLLIN, 0}}};
        ::poll(wait.data(), wait.size(), static_cast<int>(card_budget.count()));
        if (wait[1].revents != 0)
            return core::fail("no reader");
        return simulator::accept_from(listener, simulator::Budget::zero());
    }

    void plug_in_at(std::size_t block, unsigned slot, Descriptor connection) {
        const auto& places = plan_.layout.places;
        auto place =
            std::ranges::find_if(places, [=](const Layout::Place& p) { return p.block == block && p.slot == slot; });
        if (place == places.end()) {
            blanks_.plug_in(blank_, "", std::move(connection));
            return;
        }
        auto index = static_cast<std::size_t>(place - places.begin());
        slots_.plug_in(plan_.devices[index], place->reader, std::move(connection));
    }

    core::Result<void> start_pcscd(const std::vector<std::uint16_t>& ports) {
        TONGKA_TRY(auto pcscd, Pcscd::start(plan_.options.programs, plan_.layout, ports, plan_.direction, workspace_));
        pcscd_.emplace(std::move(pcscd));
        return {};
    }

    core::Result<void> connect_client() {
        TONGKA_TRY(auto client, PcscClient::connect());
        client_.emplace(std::move(client));
        return {};
    }

    core::Result<void> wait_for_cards() {
        TONGKA_CHECK(slots_.wait_until_polled(card_budget));
        std::vector<std::string> readers;
        for (const auto& place : plan_.layout.places)
            readers.push_back(place.reader);
        return client_->wait_for(Presence::card, readers, card_budget, [this] { return !readable_within(link_, 0); });
    }

    core::Result<void> seen(Presence presence, const std::string& reader) {
        if (client_)
            return client_->wait_for(presence, {reader}, card_budget, [this] { return !readable_within(link_, 0); });
        if (presence == Presence::no_card)
            std::this_thread::sleep_for(longer_than_a_poll); // the pcscd that we are attached to cannot be asked
        return {};
    }

    core::Result<void> serve() {
        EndingSignals signals;
        ControlServer control(workspace_.control.get(), [this](std::string_view line) { return slots_.obey(line); });
        while (true) {
            std::vector<pollfd> polled{{link_, POLLIN, 0}, {signals.descriptor(), POLLIN, 0}, {lost_.get(), POLLIN, 0}};
            if (pcscd_)
                polled.push_back({pcscd_->ended.get(), POLLIN, 0});
            auto fixed = polled.size();
            control.add_to(polled);
            if (::poll(polled.data(), polled.size(), -1) < 0)
                continue;
            if (polled[0].revents != 0 || polled[1].revents != 0)
                return {};
            if (fixed == 4 && polled[3].revents != 0)
                return core::fail("pcscd ended");
            if (polled[2].revents != 0) {
                std::uint64_t times = 0;
                (void)!::read(lost_.get(), &times, sizeof times);
                auto lost = slots_.lost();
                if (plan_.options.attach && lost)
                    return core::fail(*lost);
            }
            control.serve(polled);
        }
    }

    LabPlan& plan_;
    Workspace& workspace_;
    int link_;
    Descriptor lost_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    Device blank_{DeviceKind::echo, "", std::make_unique<simulator::EchoChip>(core::Bytes{0x6D, 0x00})};
    std::optional<PcscClient> client_;
    Slots blanks_{{}, {}};
    Slots slots_{[this](Presence presence, const std::string& reader) { return seen(presence, reader); },
                 [this] {
                     std::uint64_t once = 1;
                     (void)!::write(lost_.get(), &once, sizeof once);
                 }};
    std::optional<Pcscd> pcscd_; // ends first
};

} // namespace

core::Result<void> keep_inside(LabPlan& plan, Workspace& workspace, int link) {
    return Inside(plan, workspace, link).run();
}

} // namespace tongka::cli
