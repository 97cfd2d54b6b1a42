# cython: language_level=3, wraparound=False
"""The compiled twins of `attribute_of` and `attributes_of` of scraper/page/snapshot.py and `statements` of scraper/metadata/meta_tags.py,
which say what is right.
"""

include "strings.pxi"

cdef enum:
    MAX_CONTENT = 20000
    MAX_VALUES = 1000
    NAMES = 4  # of the attributes that name what a <meta> tells
    CONTENT = 4
    VALUE = 5

cdef tuple TELLING = ("name", "property", "itemprop", "http-equiv", "content", "value")

cdef struct Attribute:
    Py_ssize_t name
    Py_ssize_t name_end
    Py_ssize_t value
    Py_ssize_t value_end


def attributes_of(str source not None):
    """Return the attributes of an element as serialised, in their order."""
    cdef dict found = {}
    cdef Attribute one
    one.value_end = 0
    while next_attribute(source, &one):
        found[PyUnicode_Substring(source, one.name, one.name_end)] = value_of(source, &one)
    return found


def attribute_of(str source not None, str name not None):
    """Return the value of an attribute of an element as serialised ("" for one without a value), or None."""
    cdef int kind = PyUnicode_KIND(source)
    cdef const void *data = PyUnicode_DATA(source)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(source)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(name)
    cdef Py_ssize_t at
    cdef bint inside = False  # of a value
    cdef Py_UCS4 char
    cdef Attribute one
    one.value_end = 0
    if PyUnicode_KIND(name) != 1:
        return attributes_of(source).get(name)
    for at in range(size - length - 2):
        char = PyUnicode_READ(kind, data, at)
        if char == 34:
            inside = not inside
        elif char == 32 and PyUnicode_READ(kind, data, at + length + 2) == 34:
            one.name = at + 1
            one.name_end = at + 1 + length
            if PyUnicode_READ(kind, data, one.name_end) != 61 or not is_named(source, &one, name):
                continue
            if inside:
                break
            one.value = one.name_end + 2
            one.value_end = PyUnicode_FindChar(source, 34, one.value, size, 1)
            if one.value_end < 0:
                one.value_end = max(one.value, size - 1)
            return value_of(source, &one)
    one.value_end = 0
    while next_attribute(source, &one):
        if is_named(source, &one, name):
            return value_of(source, &one)
    return None


def statements(list sources not None, list metas not None):
    """Return what <meta> elements say by name; `metas` are their indexes in `sources`."""
    cdef dict contents = {}
    cdef str source, content, name
    cdef Attribute one
    cdef Attribute[6] telling
    cdef bint[6] given
    cdef Py_ssize_t k
    cdef list names
    for i in metas:
        source = sources[i]
        if source is None:
            raise TypeError("a source must be a str")
        for k in range(6):
            given[k] = False
        one.value_end = 0
        while next_attribute(source, &one):
            for k in range(6):
                if is_named(source, &one, <str>TELLING[k]):
                    telling[k] = one
                    given[k] = True
                    break
        content = value_of(source, &telling[CONTENT]) if given[CONTENT] else ""
        if not content and given[VALUE]:
            content = value_of(source, &telling[VALUE])
        content = content[:MAX_CONTENT].strip()
        if not content:
            continue
        names = []
        for k in range(NAMES):
            if given[k]:
                name = value_of(source, &telling[k]).strip().lower()
                if name not in names:
                    names.append(name)
        for name in names:
            values = contents.get(name)
            if values is None:
                contents[name] = [content]
            elif len(<list>values) < MAX_VALUES:
                (<list>values).append(content)
    return contents


cdef bint next_attribute(str source, Attribute *one) except -1:
    """Read the attribute behind `one` into it; return whether there is one.

    A name is what stands between white space and the next white space, "=" or ">"; a value stands in double quotes.
    """
    cdef int kind = PyUnicode_KIND(source)
    cdef const void *data = PyUnicode_DATA(source)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(source)
    cdef Py_ssize_t at = one.value_end
    cdef Py_ssize_t close
    cdef Py_UCS4 char
    while True:
        while at < size and not Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
            at += 1
        if at >= size:
            return False
        at += 1
        one.name = at
        while at < size:
            char = PyUnicode_READ(kind, data, at)
            if char == 61 or char == 62 or Py_UNICODE_ISSPACE(char):
                break
            at += 1
        if at > one.name:
            break
    one.name_end = one.value = one.value_end = at
    if at + 1 < size and PyUnicode_READ(kind, data, at) == 61 and PyUnicode_READ(kind, data, at + 1) == 34:
        close = PyUnicode_FindChar(source, 34, at + 2, size, 1)
        if close >= 0:
            one.value = at + 2
            one.value_end = close
    return True


cdef str value_of(str source, const Attribute *one):
    """Return the value of an attribute, unescaped; exactly these escapes exist."""
    cdef str value = PyUnicode_Substring(source, one.value, one.value_end)
    if PyUnicode_FindChar(value, 38, 0, PyUnicode_GET_LENGTH(value), 1) < 0:
        return value
    return (
        value.replace("&nbsp;", "\xa0")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
    )


cdef bint is_named(str source, const Attribute *one, str name) noexcept:
    cdef int kind = PyUnicode_KIND(source)
    cdef const void *data = PyUnicode_DATA(source)
    cdef const unsigned char *letters = <const unsigned char *>PyUnicode_DATA(name)
    cdef Py_ssize_t k
    if one.name_end - one.name != PyUnicode_GET_LENGTH(name):
        return False
    for k in range(one.name_end - one.name):
        if PyUnicode_READ(kind, data, one.name + k) != letters[k]:
            return False
    return True
