#include "harness/clearing/member.hpp"

#include <cstddef>

#include "harness/clearing/transaction.hpp"

namespace tongka::harness::clearing {
namespace {

#define NUMBER(name, member)                                                                                           \
    Member {                                                                                                           \
        name, offsetof(Transaction, member), sizeof(Transaction::member), Member::Kind::number                         \
    }
#define DIGITS(name, member)                                                                                           \
    Member {                                                                                                           \
        name, offsetof(Transaction, member), sizeof(Transaction::member), Member::Kind::digits                         \
    }

constexpr Member table[] = {
    NUMBER("serial", serial),
    NUMBER("merchant", merchant),
    NUMBER("collection-point", collection_point),
    NUMBER("pos-serial", pos_serial),
    NUMBER("terminal-serial", terminal_serial),
    NUMBER("counter", counter),
    NUMBER("balance-before", balance_before),
    NUMBER("amount", amount),
    DIGITS("asn", asn),
    DIGITS("psam", psam),
    DIGITS("pos", pos),
    DIGITS("terminal", terminal),
    DIGITS("date-time", date_time),
    {"date", offsetof(Transaction, date_time), 4, Member::Kind::digits},
    {"time", offsetof(Transaction, date_time) + 4, 3, Member::Kind::digits},
    DIGITS("tac", tac),
    DIGITS("settle-date", settle_date),
    DIGITS("settle-state", settle_state),
    DIGITS("home-city", home_city),
    DIGITS("trading-city", trading_city),
    DIGITS("type", type),
    DIGITS("main-type", main_type),
    DIGITS("sub-type", sub_type),
    DIGITS("card-version", card_version),
    NUMBER("lock", lock),
    NUMBER("grey", grey),
    NUMBER("test", test),
    DIGITS("key-version", key_version),
    DIGITS("key-index", key_index),
};

#undef NUMBER
#undef DIGITS

} // namespace

std::span<const Member> members() {
    return table;
}

} // namespace tongka::harness::clearing
