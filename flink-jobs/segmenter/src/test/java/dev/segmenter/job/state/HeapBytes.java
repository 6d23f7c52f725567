// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.job.state;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Bytes of the project's own objects on a heap of 64 bits with compressed pointers, what they share left out. */
final class HeapBytes {
    private static final int HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int ALIGNMENT = 8;
    private static final int POINTER = 4;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> shared;

    private HeapBytes(Set<String> shared) {
        this.shared = shared;
    }

    /** Objects of these classes, by simple name, and enums are counted as pointers only. */
    static long of(Object object, String... sharedClasses) throws IllegalAccessException {
        return new HeapBytes(Set.of(sharedClasses)).sizeOf(object);
    }

    private long sizeOf(Object object) throws IllegalAccessException {
        if (object == null || object instanceof Enum<?> || !seen.add(object)) {
            return 0;
        }
        Class<?> type = object.getClass();
        if (shared.contains(type.getSimpleName())) {
            return 0;
        }
        return type.isArray() ? sizeOfArray(object, type) : sizeOfFields(object, type);
    }

    private long sizeOfArray(Object array, Class<?> type) throws IllegalAccessException {
        int length = Array.getLength(array);
        long elements = 0;
        if (!type.getComponentType().isPrimitive()) {
            for (int i = 0; i < length; i++) {
                elements += sizeOf(Array.get(array, i));
            }
        }
        return aligned(ARRAY_HEADER + (long) length * width(type.getComponentType())) + elements;
    }

    private long sizeOfFields(Object object, Class<?> type) throws IllegalAccessException {
        long own = HEADER;
        long others = 0;
        for (Class<?> at = type; at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                own += width(field.getType());
                if (!field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    others += sizeOf(field.get(object));
                }
            }
        }
        return aligned(own) + others;
    }

    private static int width(Class<?> type) {
        if (!type.isPrimitive()) {
            return POINTER;
        }
        if (type == long.class || type == double.class) {
            return 8;
        }
        if (type == int.class || type == float.class) {
            return 4;
        }
        return type == short.class || type == char.class ? 2 : 1;
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
