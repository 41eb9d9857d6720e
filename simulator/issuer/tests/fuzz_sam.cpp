#include <array>
#include <cstdlib>

#include "core/random.hpp"
#include "simulator/issuer/sam_issuer.hpp"

using namespace tongka;

namespace {

// The first byte of an input chooses the SAM; what follows is a list of pieces: a length and so many bytes of a
// command, or one of these instead of the length.
constexpr core::Byte warm_reset = 0xFF;
constexpr core::Byte cold_reset = 0xFE;
constexpr core::Byte cut = 0xFD; ///< the next byte: how many writes from now; its high bit: after the write

enum Choice : core::Byte {
    blank = 1,
    load_sam = 2,
    open_gates = 4, ///< MACs and rights go unchecked, so that what lies behind them is reached without keys
    sm4 = 8,
};

const core::Profile& profile_of(core::Byte choice) {
    const auto load = [](const char* name) {
        return core::load_profile(std::string(TONGKA_SOURCE_DIR) + "/testcases/profiles/" + name + ".yaml").value();
    };
    static const core::Profile usual = load("city-union");
    static const core::Profile with_sm4 = [&] {
        auto profile = load("sm4");
        if (!profile.isam)
            profile.isam = usual.isam;
        return profile;
    }();
    return choice & sm4 ? with_sm4 : usual;
}

simulator::Deviations deviations_of(core::Byte choice) {
    using enum simulator::Deviation;
    simulator::Deviations deviations;
    if (choice & open_gates)
        for (const auto deviation :
             {access_rights_ignored, authentication_unchecked, message_mac_unchecked, psam_authentication_skipped,
              psam_mac2_unchecked, psam_mifare_code_unchecked, sam_plain_key_accepted, isam_log_in_not_needed})
            deviations.add(deviation);
    return deviations;
}

std::unique_ptr<simulator::Sam> make(core::Byte choice, simulator::Issue issue) {
    auto random = std::make_unique<core::SeededRandom>(1);
    if (choice & load_sam)
        return simulator::make_isam(profile_of(choice), std::move(random), deviations_of(choice), issue).value();
    return simulator::make_psam(profile_of(choice), std::move(random), deviations_of(choice), issue).value();
}

/// Personalising costs more than what most inputs do: it is done once for each choice.
std::unique_ptr<simulator::Sam> make(core::Byte choice) {
    static std::array<core::Bytes, 16> images;
    auto sam = make(choice, simulator::Issue::blank);
    if (choice & blank)
        return sam;
    core::Bytes& image = images[choice % images.size()];
    if (image.empty())
        image = make(choice, simulator::Issue::personalised)->memory().image();
    sam->memory().restore(image);
    return sam;
}

void demand(bool holds) {
    if (!holds)
        std::abort();
}

/// What must hold of a SAM with power, whatever it was sent.
void check(simulator::Sam& sam) {
    simulator::Files again(sam.memory());
    again.mount();
    demand(again.count() == sam.files().count()); // what is remembered of the files is what stands in memory
    for (std::size_t i = 0; i < again.count(); ++i) {
        const auto index = static_cast<simulator::FileIndex>(i);
        demand(core::equal(again.content(index), sam.files().content(index)));
    }
}

/// The first four bytes of a file of the application, as a number; of a personalised SAM the serial number (0018), and
/// what an ISAM may still load (001B).
std::uint64_t number_in(const simulator::Sam& sam, std::uint16_t id) {
    const auto application = sam.files().child(simulator::master_file, 0x1001);
    demand(application.has_value());
    const auto file = sam.files().child(*application, id);
    demand(file.has_value());
    return core::read_big_endian(sam.files().content(*file).first(4));
}

} // namespace

// Any byte string gets a status word, and the SAM stays whole, also when its power is cut. Whoever has no key brings
// neither a serial number back nor a load limit up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    core::BytesView input{data, size};
    if (input.empty())
        return 0;
    const core::Byte choice = input[0];
    input = input.subspan(1);
    const auto sam = make(choice);
    (void)sam->power_on();
    const bool closed = !(choice & (blank | open_gates));
    std::uint64_t serial = closed ? number_in(*sam, 0x0018) : 0;
    const std::uint64_t limit = closed && choice & load_sam ? number_in(*sam, 0x001B) : 0;
    while (!input.empty()) {
        const core::Byte piece = input[0];
        input = input.subspan(1);
        if (piece == warm_reset) {
            (void)sam->reset();
        } else if (piece == cold_reset) {
            sam->power_off();
            demand(!sam->power_on().empty());
        } else if (piece == cut) {
            const core::Byte at = input.empty() ? core::Byte{0} : input[0];
            input = input.subspan(input.empty() ? 0 : 1);
            sam->cut_power_at(simulator::Chip::Cut{at & 0x7FU, (at & 0x80) != 0});
        } else {
            const auto command = input.first(std::min<std::size_t>(piece, input.size()));
            input = input.subspan(command.size());
            const auto answer = sam->exchange(command);
            if (answer.empty())
                demand(!sam->power_on().empty()); // a cut took the power
            else
                demand(answer.size() >= 2 && answer.size() <= 258);
        }
        if (closed) {
            const auto now = number_in(*sam, 0x0018);
            demand(now >= serial);
            serial = now;
            demand(!(choice & load_sam) || number_in(*sam, 0x001B) <= limit);
        }
    }
    check(*sam);
    return 0;
}
