#include <array>

#include "core/random.hpp"
#include "simulator/issuer/sam_issuer.hpp"
#include "simulator/issuer/tests/fuzz_pieces.hpp"

using namespace tongka;

namespace {

using fuzz::demand;

// The first byte of an input chooses the SAM; pieces follow (fuzz_pieces.hpp).
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
    fuzz::play(*sam, input, [&] {
        if (!closed)
            return;
        const auto now = number_in(*sam, 0x0018);
        demand(now >= serial);
        serial = now;
        demand(!(choice & load_sam) || number_in(*sam, 0x001B) <= limit);
    });
    return 0;
}
