// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.schemas.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary decoder over one array, which believes no length that the array cannot hold: Avro's
 * own allocates before it reads, so that ten bad bytes can ask for 2 GiB and end the process.
 */
final class BoundedDecoder extends Decoder {

    private byte[] bytes = new byte[0];
    private BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, null);
    private InputStream rest = in.inputStream();

    /** Starts at an offset of another array. */
    void reset(byte[] newBytes, int from) {
        bytes = newBytes;
        in = DecoderFactory.get().binaryDecoder(newBytes, from, newBytes.length - from, in);
        rest = in.inputStream();
    }

    /** Bytes not read yet. */
    int remaining() throws IOException {
        return rest.available();
    }

    private int length() throws IOException {
        long length = in.readLong();
        if (length < 0 || length > remaining()) {
            throw new EOFException("length " + length + " where " + remaining() + " bytes follow");
        }
        return (int) length;
    }

    /** An item takes a byte or more: no schema of ours has arrays of nothing. */
    private long count(long items) throws IOException {
        if (items < 0 || items > remaining()) {
            throw new AvroRuntimeException(items + " items where " + remaining() + " bytes follow");
        }
        return items;
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        String text = new String(bytes, bytes.length - remaining(), length, StandardCharsets.UTF_8);
        in.skipFixed(length);
        return text;
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        byte[] copy = new byte[length()];
        in.readFixed(copy);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void skipString() throws IOException {
        in.skipFixed(length());
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipFixed(length());
    }

    @Override
    public long readArrayStart() throws IOException {
        return count(in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return count(in.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return count(in.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return count(in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return count(in.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return count(in.skipMap());
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        in.readFixed(target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }
}
