#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"
#include "simulator/chip/records.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte public_short_id = 0x15;
constexpr std::size_t city_offset = 2;
constexpr std::uint16_t load_log = 0x001A;
constexpr std::uint16_t cross_city_log = 0x0010;
constexpr std::size_t short_record = 23;
constexpr std::size_t long_record = 31;

bool is_load(core::Byte type) {
    return type == transaction_type::ed_load || type == transaction_type::ep_load;
}

bool is_purchase(core::Byte type) {
    using namespace transaction_type;
    return type == ed_purchase || type == ep_purchase || type == ed_composite || type == ep_composite;
}

/// A terminal number that begins with another city code than the card's (the rule says that this is inferred).
bool is_elsewhere(Card& card, core::BytesView terminal) {
    if (card.rule(core::Rule::cross_city_log, "never"))
        return false;
    const auto file = card.files().child_by_short_id(card.selection().directory, public_short_id);
    return file && card.files().at(*file).size >= city_offset + 2 &&
           !core::equal(card.files().content(*file).subspan(city_offset, 2), terminal.first(2));
}

bool takes_records(const Files& files, FileIndex index) {
    const File& file = files.at(index);
    return file.type == FileType::cyclic && (file.record_size == short_record || file.record_size == long_record);
}

std::optional<FileIndex> log_of(Card& card, const Purse& purse) {
    const Files& files = card.files();
    const FileIndex application = card.selection().directory;
    const auto own = files.child(application, static_cast<core::Byte>(purse.id()));
    const auto log = files.child_by_short_id(application, files.at(*own).shown_file);
    return log && takes_records(files, *log) ? log : std::nullopt;
}

std::optional<FileIndex> log_file(Card& card, const Purse& purse, const LogEntry& entry) {
    const Files& files = card.files();
    const FileIndex application = card.selection().directory;
    if (is_load(entry.type) && !card.deviates(Deviation::load_logged_elsewhere))
        if (const auto loads = files.child(application, load_log); loads && takes_records(files, *loads))
            return card.rule(core::Rule::load_log, "card") ? loads : std::nullopt;
    if (is_purchase(entry.type)) {
        if (card.rule(core::Rule::purchase_log, "no"))
            return std::nullopt;
        if (is_elsewhere(card, entry.terminal))
            if (const auto log = files.child(application, cross_city_log); log && takes_records(files, *log))
                return log;
    }
    return log_of(card, purse);
}

} // namespace

void log_transaction(Card& card, Transaction& transaction, const Purse& purse, const LogEntry& entry) {
    const auto file = log_file(card, purse, entry);
    if (!file)
        return;
    unsigned counter = entry.before + (card.rule(core::Rule::log_counter, "before") ? 0U : 1U);
    if (card.deviates(Deviation::log_counter_wrong))
        counter = purse.counter(entry.counter == Counter::online ? Counter::offline : Counter::online) + 1U;
    std::array<core::Byte, long_record> record{};
    const std::span bytes(record);
    core::write_big_endian(bytes.first(2), counter);
    std::ranges::copy(purse.overdraft_limit(), record.begin() + 2);
    core::write_big_endian(bytes.subspan(5, 4), entry.amount);
    record[9] = entry.type;
    std::ranges::copy(entry.terminal, record.begin() + 10);
    std::ranges::copy(entry.date_time, record.begin() + 16);
    std::ranges::copy(shown_balance(card, purse, entry.balance_after), record.begin() + 23);
    std::ranges::copy(entry.tac, record.begin() + 27);
    const File& described = card.files().at(*file);
    const unsigned keep = card.deviates(Deviation::log_keeps_nine) ? 9U : 0U;
    (void)append_record(transaction, card.files(), *file, bytes.first(described.record_size), keep);
    const auto own = log_of(card, purse);
    if (card.deviates(Deviation::cross_city_logged_twice) && is_purchase(entry.type) && own && *own != *file)
        (void)append_record(transaction, card.files(), *own, bytes.first(card.files().at(*own).record_size), keep);
}

bool write_apart(Card& card, const Purse& purse, const Proof& proof, const LogEntry& entry) {
    const bool log = card.deviates(Deviation::log_written_apart);
    if (!log && !card.deviates(Deviation::proof_written_apart))
        return false;
    Transaction own(card.memory());
    if (log)
        log_transaction(card, own, purse, entry);
    else
        purse.set_proof(own, entry.counter, proof);
    (void)own.commit();
    return log;
}

void forget_proof(Card& card, const Purse& purse, Counter counter) {
    Transaction own(card.memory());
    purse.set_proof(own, counter, {});
    (void)own.commit();
}

} // namespace tongka::simulator
