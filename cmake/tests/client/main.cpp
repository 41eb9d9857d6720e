// Asks a simulated card for its application, as a program of somebody else would: argv[1] is a profile.
#include <cstdio>

#include "core/hex.hpp"
#include "core/version.hpp"
#include "harness/device/open.hpp"

int main(int, char** argv) {
    using namespace tongka;
    using namespace core::literals;
    const auto profile = core::load_profile(argv[1]);
    if (!profile)
        return 2;
    const auto card = harness::open_device("sim:card", harness::Role::card, *profile, {});
    const auto answer = (*card)->transmit("00A4040009A00000000386980701"_hex);
    std::printf("%s %s\n", std::string(core::version).c_str(), core::to_hex(*answer).c_str());
}
