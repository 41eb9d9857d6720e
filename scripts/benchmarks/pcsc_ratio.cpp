// How fast two cards answer over PC/SC, side by side: the same command in a bare SCardTransmit loop, in blocks that
// alternate between the readers; each pair of neighbouring blocks gives a ratio, and the median of those stands against
// what else the machine does.
//
//   taskset -c 0 tongka lab --card city-union --echo -- pcsc_ratio "Tongka Card 00 00" "Tongka Echo 00 00" [EXCHANGES]
//
// On one processor: spread over several, client, pcscd and card of one reader may come to lie on one and those of the
// other reader on two, which by itself makes a factor of 2.5 and stays so for the whole run.
//
// Prints the exchanges a second of both, by the median of their blocks, and the first over the second.

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <winscard.h>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace {

using namespace tongka::core;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr unsigned block = 100;

const Bytes select_application = "00A4040009A00000000386980701"_hex;
const Bytes get_balance = "805C000204"_hex;

void must(const char* call, LONG code) {
    if (code == SCARD_S_SUCCESS)
        return;
    fmt::print(stderr, "pcsc_ratio: {}: {}\n", call, ::pcsc_stringify_error(code));
    std::exit(2);
}

class Reader {
public:
    Reader(SCARDCONTEXT context, const char* name) : name_(name) {
        DWORD protocol = 0;
        must(name, ::SCardConnect(context, name, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T1, &card_, &protocol));
        exchange(select_application);
    }
    ~Reader() { ::SCardDisconnect(card_, SCARD_RESET_CARD); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    void exchange(const Bytes& command) {
        std::array<Byte, 258> answer;
        DWORD size = answer.size();
        must(name_,
             ::SCardTransmit(card_, SCARD_PCI_T1, command.data(), command.size(), nullptr, answer.data(), &size));
        if (size < 2 || answer[size - 2] != 0x90 || answer[size - 1] != 0x00) {
            fmt::print(stderr, "pcsc_ratio: {}: answered {}\n", name_, to_hex(BytesView(answer).first(size)));
            std::exit(2);
        }
    }

    /// Seconds that a block of exchanges takes.
    double run_block() {
        const auto begin = Clock::now();
        for (unsigned i = 0; i < block; ++i)
            exchange(get_balance);
        return Seconds(Clock::now() - begin).count();
    }

private:
    const char* name_;
    SCARDHANDLE card_ = 0;
    std::vector<Clock::duration> blocks_;
};

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

int main(int argc, char** argv) {
    unsigned long exchanges = 50'000;
    if (argc < 3 || argc > 4 ||
        (argc == 4 && std::from_chars(argv[3], argv[3] + std::strlen(argv[3]), exchanges).ec != std::errc()) ||
        exchanges == 0) {
        fmt::print(stderr, "usage: pcsc_ratio READER READER [EXCHANGES]\n");
        return 2;
    }
    SCARDCONTEXT context = 0;
    must("SCardEstablishContext", ::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context));
    {
        Reader first(context, argv[1]);
        Reader second(context, argv[2]);
        std::vector<double> of_first;
        std::vector<double> of_second;
        std::vector<double> ratios;
        for (unsigned long done = 0; done < exchanges; done += block) {
            of_first.push_back(first.run_block());
            of_second.push_back(second.run_block());
            ratios.push_back(of_second.back() / of_first.back());
        }
        fmt::print("{:24} {:9.0f} exchanges/s\n", argv[1], block / median(of_first));
        fmt::print("{:24} {:9.0f} exchanges/s\n", argv[2], block / median(of_second));
        fmt::print("{:24} {:9.3f}\n", "ratio", median(ratios));
    }
    ::SCardReleaseContext(context);
    return 0;
}
