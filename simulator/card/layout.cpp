#include "simulator/card/layout.hpp"

#include "core/hex.hpp"
#include "simulator/card/purse.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

constexpr core::Byte directory_short_id = 0x01;
constexpr core::Byte public_short_id = 0x15;
constexpr std::uint16_t application_id = 0x3F01;
constexpr std::uint8_t log_records = 10;
constexpr std::uint8_t log_record_size = 23;

// Main and sub type of the card, both 01; the values are the issuer's own.
constexpr core::Byte main_type = 0x01;
constexpr core::Byte sub_type = 0x01;

/// MF 0005, 30 bytes: issuer 2, city 2, industry 2, RFU 2, ASN 8, types 2, issue date 4, issuing device 6, version 2.
core::Bytes issuing_data(const core::CardProfile& profile) {
    return core::concatenate({profile.city, profile.city, "0000"_hex, "FFFF"_hex, profile.asn,
                              core::Bytes{main_type, sub_type}, profile.start_date, "000000000001"_hex, "0100"_hex});
}

/// ADF 0015, 30 bytes: issuer 2, city 2, industry 2, RFU 2, in use 1, application version 1, interoperable 2, ASN 8,
/// start 4, expiry 4, types 2.
core::Bytes application_data(const core::CardProfile& profile) {
    return core::concatenate({profile.city, profile.city, "0000"_hex, "FFFF"_hex, "01"_hex, "01"_hex, "0001"_hex,
                              profile.asn, profile.start_date, profile.expiry_date, core::Bytes{main_type, sub_type}});
}

} // namespace

CardPlaces make_card_files(Memory& memory, Files& files, const core::CardProfile& profile) {
    const auto filled = [&](File file, core::BytesView content) {
        const FileIndex index = files.create(std::move(file));
        Transaction transaction(memory);
        transaction.write(files.at(index).body, content);
        transaction.commit();
        return index;
    };
    const auto transparent = [&](FileIndex parent, std::uint16_t id, std::uint32_t size, core::BytesView content) {
        filled({.parent = parent, .type = FileType::transparent, .id = id, .size = size}, content);
    };

    files.create({.type = FileType::dedicated,
                  .id = 0x3F00,
                  .directory_file = directory_short_id,
                  .name = "315041592E5359532E4444463031"_hex}); // 1PAY.SYS.DDF01
    const core::Bytes directory_entry = "61114F09A00000000386980701500450424F43"_hex;
    filled({.type = FileType::linear_fixed,
            .id = 0x0001,
            .record_count = 1,
            .record_size = static_cast<std::uint8_t>(directory_entry.size())},
           directory_entry);
    transparent(master_file, 0x0005, 30, issuing_data(profile));

    const FileIndex application = files.create({.type = FileType::dedicated,
                                                .id = application_id,
                                                .fci_file = public_short_id,
                                                .name = "A00000000386980701"_hex});
    transparent(application, 0x0015, 30, application_data(profile));
    transparent(application, 0x0016, 55, {});
    files.create({.parent = application, .type = FileType::linear_variable, .id = 0x0017, .size = 0x150});
    for (const std::uint16_t id : {purchase_log, std::uint16_t{0x0010}, load_log})
        files.create({.parent = application,
                      .type = FileType::cyclic,
                      .id = id,
                      .record_count = log_records,
                      .record_size = log_record_size});

    const FileIndex purse_file =
        files.create({.parent = application, .type = FileType::purse, .id = 0x0002, .size = Purse::size});
    const CardPlaces places{
        .application = application, .purse = files.at(purse_file).body, .pin = memory.allocate(3 + 6)};
    const Purse purse(memory, places.purse);
    Transaction transaction(memory);
    purse.set_balance(transaction, profile.ep.balance);
    purse.set_counter(transaction, Counter::online, profile.ep.online_counter);
    purse.set_counter(transaction, Counter::offline, profile.ep.offline_counter);
    const auto tries = static_cast<core::Byte>(profile.pin_tries);
    transaction.write(places.pin, core::Bytes{tries, tries, static_cast<core::Byte>(profile.pin.size())});
    transaction.write(places.pin + 3, profile.pin);
    transaction.commit();
    return places;
}

} // namespace tongka::simulator
