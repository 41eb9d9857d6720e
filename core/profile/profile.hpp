#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/crypto/key.hpp"
#include "core/crypto/sha256.hpp"
#include "core/profile/file_profile.hpp"
#include "core/result.hpp"
#include "core/rules.hpp"

namespace tongka::core {

/// A key as a profile names it: `DPK.01`.
struct NamedKey {
    std::string kind; ///< DPK, DLK, DTK, …
    Byte index = 0;   ///< 00 where the name has none
    Byte version = 1;
    unsigned levels = 0; ///< of a key in a SAM: how many times it is diversified
    Key key;
};

/// The key with this kind and index, or null.
[[nodiscard]] const NamedKey* find_key(const std::vector<NamedKey>& keys, std::string_view kind, Byte index);

/// How a card can be reached: over its contacts, its antenna, or both with one memory.
enum class CardInterface : Byte { contactless, contact, dual };

/// What the contacts speak (ISO/IEC 7816-3).
enum class ContactProtocol : Byte { t0, t1 };

/// ED (电子存折) or EP (电子钱包).
struct PurseProfile {
    std::uint32_t balance = 0;         ///< in fen
    std::uint32_t overdraft_limit = 0; ///< in fen, 3 bytes
    std::uint16_t online_counter = 0;
    std::uint16_t offline_counter = 0;
};

/// What a user card is personalised with.
struct CardProfile {
    std::array<Byte, 8> asn{};         ///< application serial number, right-most 8 bytes
    std::array<Byte, 2> city{};        ///< BCD
    std::array<Byte, 8> chip_serial{}; ///< what the ATS tells; unless given, 00000000 and the last 4 bytes of the ASN
    CardInterface interface = CardInterface::contactless;
    ContactProtocol protocol = ContactProtocol::t0; ///< of the contacts, if it has any
    std::uint32_t memory = 32768;                   ///< bytes the chip has
    std::array<Byte, 4> start_date{};               ///< BCD YYYYMMDD
    std::array<Byte, 4> expiry_date{};              ///< BCD YYYYMMDD
    std::array<Byte, 9> security_code{};            ///< 安全认证识别码, what 80CA answers
    Bytes pin;                                      ///< as VERIFY sends it: BCD, padded with F
    unsigned pin_tries = 3;
    std::vector<NamedKey> keys; ///< the card's own
    PurseProfile ep;
    std::optional<PurseProfile> ed;
    std::vector<FileProfile> files; ///< in the order they are created; the first directory is the application's
    std::deque<Bytes> random;       ///< random numbers served first
};

/// What a PSAM or an ISAM is personalised with.
struct SamProfile {
    std::array<Byte, 10> serial{};
    std::array<Byte, 6> terminal{};
    std::array<Byte, 8> issuer{}; ///< application issuer and receiver (file 0017)
    std::array<Byte, 8> receiver{};
    std::array<Byte, 4> start_date{}; ///< BCD YYYYMMDD
    std::array<Byte, 4> expiry_date{};
    std::vector<NamedKey> keys; ///< its own, and masters that are not diversified
    std::uint32_t counter = 0;  ///< of a PSAM its transactions, of an ISAM its loads
    std::deque<Bytes> random;
};

struct PsamProfile : SamProfile {
    Byte purchase_index = 0;           ///< of the card's key to pay with (file 0017)
    unsigned mac2_tries = 3;           ///< wrong MAC2s in a row that a purchase key bears
    std::vector<Bytes> accepted_codes; ///< first bytes of the security codes that 80CA accepts; none = any
};

struct IsamProfile : SamProfile {
    Byte load_index = 0; ///< of the card's key to load with (file 0017); 0 = that of the first DLK
};

/// How long flows of a card may take, the reader's own share and a host's apart (standards.md 7.7, DB31/T 239-2020).
struct TimeLimits {
    std::chrono::microseconds purchase = std::chrono::milliseconds(400);
    std::chrono::microseconds load = std::chrono::seconds(1);
};

/// Layout, keys and rules of the devices under test or of the simulated ones (design: "profile").
struct Profile {
    std::string name;
    CardProfile card;
    PsamProfile psam;
    std::optional<IsamProfile> isam;
    Rules rules;
    TimeLimits limits{};
    Digest digest{}; ///< SHA-256 of the file
};

/// Another card or SAM of the same make: what stands here instead of what the profile says.
struct Sample {
    std::optional<std::array<Byte, 8>> asn = std::nullopt;
    std::optional<std::array<Byte, 2>> city = std::nullopt;
    std::optional<std::array<Byte, 10>> sam_serial = std::nullopt; ///< of PSAM and ISAM
    std::optional<std::array<Byte, 6>> terminal = std::nullopt;    ///< of PSAM and ISAM
};

/// Reads a profile; every Error begins with file:line:column and never shows a key.
[[nodiscard]] Result<Profile> load_profile(const std::filesystem::path& path, const Sample& sample = {});
[[nodiscard]] Result<Profile> parse_profile(const std::string& text, const std::string& name,
                                            const Sample& sample = {});

} // namespace tongka::core
