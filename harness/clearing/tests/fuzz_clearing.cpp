#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "core/random.hpp"
#include "harness/clearing/field_codec.hpp"
#include "harness/clearing/judge.hpp"
#include "harness/clearing/record_reader.hpp"

using namespace tongka;
using namespace tongka::harness::clearing;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

/// A file without a name that holds these bytes.
class Memory {
public:
    explicit Memory(core::BytesView bytes) : file_(::memfd_create("clearing", MFD_CLOEXEC)) {
        demand(::write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    ~Memory() { ::close(file_); }
    std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

private:
    int file_;
};

const Terms& terms() {
    static core::MemoryKeyStore store = [] {
        core::SeededRandom random(1);
        core::MemoryKeyStore made(core::KeyOwner{});
        demand(core::new_national_store(made, random, core::Algorithm::triple_des).has_value());
        return made;
    }();
    static const auto keys = TacKeys::take(store).value();
    static const Terms made{
        .keys = keys.get(), .latest = {0x20, 0x26, 0x11, 0x22, 0x23, 0x59, 0x59}, .trading_cities = {{}}};
    return made;
}

/// What a record means is written as a record that means the same.
void write_again(const Layout& layout, const Transaction& transaction) {
    std::string once;
    if (encode(layout, transaction, once) || layout.kind == Layout::Kind::csv)
        return; // what stood in the line was longer than the field: CSV alone
    Transaction read = {};
    demand(decode(layout.record, once, read) == nullptr);
    std::string twice;
    demand(encode(layout, read, twice) == nullptr && twice == once);
}

} // namespace

// Whatever a file holds, under every layout (the first byte): each record is read or set aside, and what was read is
// judged.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto layouts = load_layouts(TONGKA_LAYOUTS).value();
    if (size == 0)
        return 0;
    const Layout& layout = layouts[data[0] % layouts.size()];
    const Memory file({data + 1, size - 1});
    auto reader = RecordReader::open(file.path(), layout).value();
    std::vector<Transaction> transactions;
    std::vector<Fault> faults;
    while (reader.read(transactions, keep(faults), 7).value()) {
    }
    std::size_t set_aside = 0;
    std::uint32_t line = 0;
    for (const Fault& fault : faults) {
        (void)fault.message();
        set_aside += fault.is_record && fault.line != line ? 1 : 0;
        line = fault.is_record ? fault.line : line;
    }
    demand(transactions.size() + set_aside == reader.records());
    if (!layout.has_transactions())
        return 0;
    for (const Transaction& transaction : transactions)
        write_again(layout, transaction);
    std::vector<Judgement> judgements;
    demand(judge(transactions, terms(), judgements).has_value() && judgements.size() == transactions.size());
    return 0;
}
