// The resets and TPDUs of a recorded run once more, in a bare SCardTransmit loop: what a run costs beyond this is the
// harness's own.
//
//   tongka lab -- bare_loop RECORD "Tongka Card 00 00" "Tongka PSAM 00 00"
//
// Prints the microseconds from the first reset to the last answer. Bytes that the record hides (PINs) are sent as
// zeros.

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>
#include <winscard.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/hex.hpp"

namespace {

using namespace tongka::core;

struct Action {
    bool on_card = true;
    Bytes command; ///< empty for a reset
};

void must(const char* call, LONG code) {
    if (code == SCARD_S_SUCCESS)
        return;
    fmt::print(stderr, "bare_loop: {}: {}\n", call, ::pcsc_stringify_error(code));
    std::exit(2);
}

Bytes shown(std::string hex) {
    for (char& c : hex)
        c = c == '*' ? '0' : c;
    return from_hex(hex).value();
}

std::vector<Action> read(const char* path) {
    std::ifstream file(path);
    std::vector<Action> actions;
    for (std::string text; std::getline(file, text);) {
        const auto line = nlohmann::json::parse(text);
        const bool on_card = line.value("device", "card") == "card";
        if (line["kind"] == "reset")
            actions.push_back({on_card, {}});
        if (line["kind"] != "exchange")
            continue;
        if (line.contains("tpdus"))
            for (const auto& tpdu : line["tpdus"])
                actions.push_back({on_card, shown(tpdu["command"])});
        else
            actions.push_back({on_card, shown(line["command"])});
    }
    return actions;
}

struct Connection {
    SCARDHANDLE handle = 0;
    const SCARD_IO_REQUEST* protocol = nullptr;
};

Connection connect(SCARDCONTEXT context, const char* reader) {
    Connection connection;
    DWORD protocol = 0;
    must(reader, ::SCardConnect(context, reader, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                                &connection.handle, &protocol));
    connection.protocol = protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    return connection;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "usage: bare_loop RECORD CARD-READER PSAM-READER\n");
        return 2;
    }
    const auto actions = read(argv[1]);
    SCARDCONTEXT context = 0;
    must("SCardEstablishContext", ::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context));
    const Connection card = connect(context, argv[2]);
    const Connection psam = connect(context, argv[3]);

    std::array<Byte, 258> answer{};
    const auto start = std::chrono::steady_clock::now();
    for (const auto& action : actions) {
        const auto& device = action.on_card ? card : psam;
        DWORD size = answer.size();
        if (action.command.empty()) {
            DWORD protocol = 0;
            must("SCardReconnect",
                 ::SCardReconnect(device.handle, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                                  SCARD_RESET_CARD, &protocol));
        } else {
            must("SCardTransmit", ::SCardTransmit(device.handle, device.protocol, action.command.data(),
                                                  action.command.size(), nullptr, answer.data(), &size));
        }
    }
    const auto taken = std::chrono::steady_clock::now() - start;
    fmt::print("{}\n", std::chrono::duration_cast<std::chrono::microseconds>(taken).count());
    ::SCardDisconnect(card.handle, SCARD_RESET_CARD);
    ::SCardDisconnect(psam.handle, SCARD_RESET_CARD);
    ::SCardReleaseContext(context);
}
