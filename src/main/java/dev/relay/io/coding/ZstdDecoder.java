package dev.relay.io.coding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Undoes {@code zstd} (RFC 8878, RFC 9659): any number of frames and skippable frames, without dictionaries, with
 * windows of up to 8 MiB.
 *
 * <p>A block is out as soon as it has arrived, a block that is not compressed even as it arrives. It is written for that:
 * the libraries to be had keep back as much as the window holds, use what the Java runtime warns of, or bring a native
 * part. It takes the window and half a MiB. Unlike in curl, a truncated body is refused.
 */
final class ZstdDecoder implements Decoder {
    /** RFC 8878 §3.1.1.2.4: the most bytes of a block, encoded and decoded. */
    static final int MOST_BLOCK = 128 * 1024;

    private static final int MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE = 0x184d2a50;
    private static final int BLOCK_HEADER = 3;

    /** What comes next. */
    private enum Part {
        MAGIC,
        SKIPPED_LENGTH,
        SKIPPED,
        DESCRIPTOR,
        HEADER,
        BLOCK_HEADER,
        RAW_BLOCK,
        REPEATED_BLOCK,
        COMPRESSED_BLOCK,
        CHECKSUM
    }

    /** What has arrived of the next part; with room after it, for what reads eight bytes at a time. */
    private final ByteBuffer part = ByteBuffer.allocate(MOST_BLOCK + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private Part kind = Part.MAGIC;
    /** How many bytes the part has; of those that are not collected, how many are still to come. */
    private long wanted = Integer.BYTES;

    private final ZstdLiterals literals = new ZstdLiterals();
    private int descriptor;
    private @Nullable ZstdFrame frame;
    private boolean lastBlock;
    private int blockSize;

    @Override
    public @Nullable ByteBuffer decode(ByteBuffer encoded) throws BrokenCodingException {
        ByteBuffer bytes = frame == null ? null : frame.take();
        while (bytes == null && advance(encoded)) {
            bytes = frame == null ? null : frame.take();
        }
        return bytes;
    }

    /** Reads one part, or as much of it as is of use. Says whether it did. */
    private boolean advance(ByteBuffer encoded) throws BrokenCodingException {
        if (kind == Part.SKIPPED || kind == Part.RAW_BLOCK) {
            return pass(encoded);
        }
        int count = (int) Math.min(wanted - part.position(), encoded.remaining());
        part.put(encoded.slice(encoded.position(), count));
        encoded.position(encoded.position() + count);
        if (part.position() < wanted) {
            return false;
        }
        part.position(0);
        read();
        part.clear();
        return true;
    }

    private void read() throws BrokenCodingException {
        switch (kind) {
            case MAGIC -> readMagic(part.getInt(0));
            case SKIPPED_LENGTH -> next(Part.SKIPPED, part.getInt(0) & 0xffffffffL);
            case DESCRIPTOR -> {
                descriptor = part.get(0) & 0xff;
                next(Part.HEADER, ZstdFrame.headerLength(descriptor));
            }
            case HEADER -> {
                frame = new ZstdFrame(descriptor, part, literals);
                next(Part.BLOCK_HEADER, BLOCK_HEADER);
            }
            case BLOCK_HEADER -> readBlockHeader(open(), part.getInt(0) & 0xffffff);
            case REPEATED_BLOCK -> {
                if (blockSize > 0) {
                    open().window().append(part.get(0));
                    open().window().repeat(1, blockSize - 1);
                }
                endBlock();
            }
            case COMPRESSED_BLOCK -> {
                open().decode(part, (int) wanted);
                endBlock();
            }
            case CHECKSUM -> {
                open().checkHash(part.getInt(0));
                endFrame();
            }
            case SKIPPED, RAW_BLOCK -> throw new IllegalStateException(kind.name());
        }
    }

    private void readMagic(int magic) throws BrokenCodingException {
        if (magic == MAGIC) {
            next(Part.DESCRIPTOR, 1);
        } else if ((magic & ~0xf) == SKIPPABLE) {
            next(Part.SKIPPED_LENGTH, Integer.BYTES);
        } else {
            throw new BrokenCodingException("not a zstd frame");
        }
    }

    private void readBlockHeader(ZstdFrame current, int header) throws BrokenCodingException {
        lastBlock = (header & 1) != 0;
        int type = header >> 1 & 3;
        blockSize = header >> 3;
        if (type == 3 || blockSize > current.mostBlock()) {
            throw new BrokenCodingException(type == 3 ? "a block of an unknown kind" : "a block is too large");
        }
        switch (type) {
            case 0 -> next(Part.RAW_BLOCK, blockSize);
            case 1 -> next(Part.REPEATED_BLOCK, 1);
            default -> next(Part.COMPRESSED_BLOCK, blockSize);
        }
    }

    /** Passes on, or over, what there is of a part that need not be there as a whole. */
    private boolean pass(ByteBuffer encoded) throws BrokenCodingException {
        int count = (int) Math.min(wanted, encoded.remaining());
        if (count == 0 && wanted > 0) {
            return false;
        }
        wanted -= count;
        if (kind == Part.RAW_BLOCK) {
            open().window().append(encoded, count);
            if (wanted == 0) {
                endBlock();
            }
        } else {
            encoded.position(encoded.position() + count);
            if (wanted == 0) {
                endFrame();
            }
        }
        return true;
    }

    private void endBlock() throws BrokenCodingException {
        if (!lastBlock) {
            next(Part.BLOCK_HEADER, BLOCK_HEADER);
            return;
        }
        open().checkSize();
        next(Part.CHECKSUM, open().hasChecksum() ? Integer.BYTES : 0);
    }

    private void endFrame() {
        frame = null;
        next(Part.MAGIC, Integer.BYTES);
    }

    private void next(Part next, long length) {
        kind = next;
        wanted = length;
    }

    private ZstdFrame open() {
        if (frame == null) {
            throw new IllegalStateException("no frame is open");
        }
        return frame;
    }

    @Override
    public boolean isComplete() {
        return kind == Part.MAGIC && part.position() == 0;
    }
}
