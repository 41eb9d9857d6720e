#include "simulator/card/composite_cache.hpp"

namespace tongka::simulator {

void CompositeCache::stage(FileIndex file, Place place, unsigned number, core::BytesView record) {
    staged_.push_back({file, place, number, core::to_bytes(record)});
    used_ += record.size();
}

void CompositeCache::write(Transaction& transaction, const Files& files) const {
    for (const Staged& staged : staged_) {
        if (staged.file >= files.count() || !has_records(files.at(staged.file).type))
            continue; // it was erased since
        if (staged.place == Place::newest)
            (void)append_record(transaction, files, staged.file, staged.record);
        else if (staged.place == Place::number)
            (void)update_record(transaction, files, staged.file, staged.number, staged.record);
        else
            (void)put_record(transaction, files, staged.file, staged.record);
    }
}

} // namespace tongka::simulator
